// The dialogs that add, move, take out and delete customers. Customers that are done leave the field or the selection,
// so that the user can try the others again after a refusal.
import { html, nothing } from './lit.js';
import { change, exists, path, pathOf } from './api.js';
import { send, sendEach } from './batches.js';
import { ask, showProgress } from './dialog.js';
import { valueOf } from './forms.js';
import { GroupInput } from './group-input.js';
import { isRecorded } from './history.js';
import { number, words } from './i18n.js';
import { located } from './refusal.js';
import { announce } from './ui.js';

const NO_SUCH_GROUP = 2001;
const MAX_NAMES = 5;

const membersOf = group => path('customer_groups', group, 'customers');

/**
 * Opens a dialog that asks for names of customers and adds them to a group.
 * @param done called after the attempt, when some customers may have been added
 */
export function askToAdd(group, done) {
  const from = new GroupInput('from');
  ask({
    title: words().addTo(group),
    body: () => html`
      <label for="names">${words().namesByLine}</label>
      <textarea id="names" rows="6" required spellcheck="false" aria-describedby="names-hint"></textarea>
      <p class="hint" id="names-hint">${words().namesHint}</p>
      ${from.template(words().fromGroup, { hint: html`<p class="hint">${words().fromGroupHint}</p>` })}`,
    action: words().add,
    submit: () => add(membersOf(group), lines(valueOf('names')), from.value).finally(done),
  });
}

async function add(apiPath, all, from) {
  let rest = all;
  try {
    await send('POST', apiPath, all.map(line => entry(line, from)), done => {
      rest = all.slice(done);
      showLines(rest);
      showProgress(done, all.length);
    });
    announce(() => words().added(all.length));
  } catch (refusal) {
    const { index, text } = located(refusal);
    if (index !== undefined) {
      showLines(rest, index);
      refusal.message = words().inLine(number(index + 1), text);
    }
    throw refusal;
  }
}

// Selects the faulty line. The field is gone if the user has closed the dialog meanwhile.
function showLines(lines, faulty) {
  const field = document.getElementById('names');
  if (field) {
    field.value = lines.join('\n');
  }
  if (field && faulty !== undefined) {
    const start = lines.slice(0, faulty).join('\n').length + (faulty && 1);
    field.focus();
    field.setSelectionRange(start, start + lines[faulty].length);
  }
}

const lines = text => text.split('\n').filter(Boolean);

// A tab separates the columns of a pasted spreadsheet: the name and the group. A name cannot contain a tab.
function entry(line, from) {
  const [name, group] = line.split('\t', 2);
  return { name, groupName: (group ?? from) || undefined };
}

/**
 * Opens a dialog that asks for a group, offers to create it where it does not exist, and moves customers to it.
 * @param done called with the group after the attempt, when some customers may have been moved
 */
export function askToMove(selection, done) {
  const target = new GroupInput('target');
  const move = group =>
    sendAll('POST', membersOf(group), selection, n => words().moved(n, group)).finally(() => done(group));

  ask({
    title: words().actionOnAll(words().move, selection.size),
    body: () => html`${namesOf(selection)} ${target.template(words().targetGroup, { required: true })}`,
    action: words().move,
    ...creatingGroup(words().move, () => target.value, move),
  });
}

/**
 * The submit and the help of a dialog whose action needs a group. Where it does not exist, the help creates it first.
 * @param action the label of the action
 * @param groupOf returns the name of the group
 * @param send does the action with the group
 */
export function creatingGroup(action, groupOf, send) {
  let missing = null;

  async function submit() {
    const group = groupOf();
    if (missing === group) {
      await change('POST', path('customer_groups'), { name: group });
      missing = null;
    }
    await send(group).catch(async refusal => {
      // The group of a customer can be missing, too.
      const needed = groupOf();
      const lacks = needed && refusal.status === NO_SUCH_GROUP && !(await exists(path('customer_groups', needed)));
      missing = lacks ? needed : null;
      throw refusal;
    });
  }

  const help = () => (missing ? html`<button class="primary">${words().createGroupAnd(missing, action)}</button>` : null);
  return { submit, help };
}

/** Opens a dialog that takes customers out of a group. @param done called after the attempt, when some may be out */
export const askToTakeOut = (group, selection, done) =>
  ask({
    title: words().takeOutCustomers(selection.size),
    body: () => html`${namesOf(selection)}<p>${words().takeOutHint}</p>`,
    action: words().takeOut,
    submit: () => sendAll('DELETE', membersOf(group), selection, words().takenOut).finally(done),
  });

/** Opens a dialog that deletes customers. @param done called after the attempt, when some may be gone */
export const askToDelete = (selection, done) =>
  ask({
    title: selection.size === 1
      ? words().actionOn(words().remove, selection.entries[0].name)
      : words().actionOnAll(words().remove, selection.size),
    body: () => html`
      ${namesOf(selection, Infinity)}<p>${words().deleteCustomerHint} ${words().isLost(isRecorded())}</p>`,
    action: words().remove,
    danger: true,
    submit: signal => remove(selection, signal).finally(done),
  });

async function sendAll(method, apiPath, selection, outcome) {
  const entries = selection.entries;
  await send(method, apiPath, entries, (done, all) => {
    selection.set(entries.slice(0, done), false);
    showProgress(done, all);
  });
  announce(() => outcome(entries.length));
}

// Each refusal names its customer.
async function remove(selection, signal) {
  const all = selection.size;
  const refusals = await sendEach(selection.entries, async customer => {
    await change('DELETE', pathOf(customer));
    selection.set([customer], false);
    showProgress(all - selection.size, all);
  }, signal);
  if (refusals.length) {
    throw new Error(refusals.join('\n'));
  }
  announce(() => words().customersDeleted(all - selection.size));
}

// The names of the first customers with their groups, and the number of the others.
const namesOf = ({ entries, size }, max = MAX_NAMES) => html`
  <ul class="names" tabindex=${max > MAX_NAMES ? 0 : nothing}>
    ${entries.slice(0, max).map(({ name, groupName }) => html`
      <li><bdi class="name">${name}</bdi> ${groupName ? html`<span class="hint"><bdi>${groupName}</bdi></span>` : ''}</li>`)}
    ${size > max ? html`<li>${words().andMore(size - max)}</li>` : ''}
  </ul>`;
