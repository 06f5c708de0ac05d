// The dialog that adds customers to a group by their names.
import { html, nothing } from './lit.js';
import { send } from './batches.js';
import { MAX_LISTED_NAMES, membersOf, moves, namesOf } from './customer-actions.js';
import { ask, showProgress } from './dialog.js';
import { hasBlankEnd, trimmed, valueOf } from './forms.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { located } from './refusal.js';
import { key } from './selection.js';
import { stored } from './stored.js';
import { announce } from './ui.js';
import { undoable } from './undoing.js';

/**
 * Opens a dialog that asks for names of customers and adds them to a group. Where customers of these names are in other
 * groups, or a blank is at an end of a name, another dialog asks first.
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
    submit: signal => check(group, lines(valueOf('names')).map(line => entry(line, from.value)), done, signal),
  });
}

const lines = text => text.split('\n').filter(Boolean);

// A tab separates the columns of a pasted spreadsheet: the name and the group. A name cannot contain a tab.
function entry(line, from) {
  const [name, group] = line.split('\t', 2);
  return { name, groupName: (group ?? from) || undefined, line };
}

async function check(group, typed, done, signal) {
  const entries = [...new Map(typed.map(entry => [key(entry), entry])).values()];
  const before = await stored('customers', entries, showProgress, signal);
  const groupsOf = Map.groupBy(before.values(), ({ name }) => name);
  const isElsewhere = ({ name, groupName }) =>
    !groupName && groupsOf.has(name) && !before.has(key({ name })) && !before.has(key({ name, groupName: group }));
  const elsewhere = entries.filter(isElsewhere);
  const created = entries.filter(({ name, groupName }) => !groupName && !groupsOf.has(name));
  const blank = entries.filter(({ name }) => hasBlankEnd(name));
  if (!elsewhere.length && !blank.length) {
    return add(group, entries, before, signal).finally(done);
  }
  const inOne = elsewhere.filter(({ name }) => groupsOf.get(name).length === 1)
    .map(({ name, line }) => ({ name, groupName: groupsOf.get(name)[0].groupName, line }));
  const inSeveral = elsewhere.filter(({ name }) => groupsOf.get(name).length > 1);
  const others = entries.filter(entry => !isElsewhere(entry));
  return ask({
    title: words().addTo(group),
    body: () => html`
      ${part(inOne, n => html`
        <label class="choice" for="move-others"><input type="checkbox" id="move-others" .defaultChecked=${true}> <span>${words().moveOthers(n)}</span></label>`)}
      ${part(inSeveral, n => html`<p>${words().inSeveralGroups(n)}</p>`)}
      ${part(created, n => html`<p>${words().newNames(n)}</p>`)}
      ${part(blank, n => html`
        <label class="choice" for="trim"><input type="checkbox" id="trim" .defaultChecked=${true}> <span>${words().trim(n, blank[0].name)}</span></label>`)}`,
    action: words().add,
    submit: again => (isChecked('trim')
      ? check(group, entries.map(entry => ({ ...entry, name: trimmed(entry.name) })), done, again)
      : add(group, [...others, ...(isChecked('move-others') ? inOne : [])], before, again).finally(done)),
  });
}

const isChecked = id => document.getElementById(id)?.checked;

const part = (entries, heading) => (entries.length ? html`
  ${heading(entries.length)} ${namesOf({ entries, size: entries.length }, MAX_LISTED_NAMES)}` : nothing);

async function add(group, all, before, signal) {
  let rest = all;
  try {
    await send('POST', membersOf(group), all.map(({ name, groupName }) => ({ name, groupName })), done => {
      rest = all.slice(done);
      showLines(rest);
      showProgress(done, all.length);
    }, signal);
    const changes = all.flatMap(customer => additions(customer, group, before));
    announce(undoable(() => words().added(changes.length), changes));
  } catch (refusal) {
    const { index, text } = located(refusal);
    if (index !== undefined) {
      showLines(rest, index);
      refusal.message = words().inLine(number(index + 1), text);
    }
    throw refusal;
  }
}

// What adding a customer has changed. One without a group can be in the target already, or new.
function additions({ name, groupName }, group, before) {
  const after = { name, groupName: group };
  return groupName || before.has(key({ name })) ? moves([{ name, groupName }], group)
    : before.has(key(after)) ? []
    : [{ type: 'customer.created', after }];
}

// Selects the faulty line. The field is gone if the user has closed the dialog meanwhile.
function showLines(entries, faulty) {
  const lines = entries.map(({ line }) => line);
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
