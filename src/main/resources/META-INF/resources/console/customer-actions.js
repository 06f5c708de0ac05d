// The dialogs that move, take out and delete customers. Customers that are done leave the field or the selection,
// so that the user can try the others again after a refusal.
import { html, nothing } from './lit.js';
import { path } from './api.js';
import { send, sendOthers } from './batches.js';
import { creatingGroup } from './creating-group.js';
import { ask, showProgress } from './dialog.js';
import { GroupInput } from './group-input.js';
import { isRecorded } from './history.js';
import { words } from './i18n.js';
import { toCustomer } from './router.js';
import { key } from './selection.js';
import { stored } from './stored.js';
import { announce } from './ui.js';
import { undoable } from './undoing.js';

const MAX_NAMES = 5;
/** How many names a long list shows. */
export const MAX_LISTED_NAMES = 1000;

export const membersOf = group => path('customer_groups', group, 'customers');

/** The changes that moving customers to a group has made. */
export const moves = (customers, group) => customers.filter(({ groupName }) => groupName !== group).map(({ name, groupName }) =>
  ({ type: 'customer.moved', before: { name, groupName }, after: { name, groupName: group } }));

/**
 * Opens a dialog that asks for a group, offers to create it where it does not exist, and moves customers to it.
 * @param done called with the group after the attempt, when some customers may have been moved
 */
export function askToMove(selection, done) {
  const target = new GroupInput('target');
  const move = (group, signal) =>
    sendAll('POST', membersOf(group), selection, n => words().moved(n, group), signal, group).finally(() => done(group));

  ask({
    title: words().actionOnAll(words().move, selection.size),
    body: () => html`${namesOf(selection)} ${target.template(words().targetGroup, { required: true })}`,
    action: words().move,
    ...creatingGroup(words().move, () => target.value, move),
  });
}

/** Opens a dialog that takes customers out of a group. @param done called after the attempt, when some may be out */
export const askToTakeOut = (group, selection, done) =>
  ask({
    title: words().takeOutCustomers(selection.size),
    body: () => html`${namesOf(selection)}<p>${words().takeOutHint}</p>`,
    action: words().takeOut,
    submit: signal => sendAll('DELETE', membersOf(group), selection, words().takenOut, signal).finally(done),
  });

/** Opens a dialog that deletes customers. @param done called after the attempt, when some may be gone */
export const askToDelete = (selection, done) =>
  ask({
    title: selection.size === 1
      ? words().actionOn(words().remove, selection.entries[0].name)
      : words().actionOnAll(words().remove, selection.size),
    body: () => html`
      ${namesOf(selection, MAX_LISTED_NAMES)}<p>${words().deleteCustomerHint} ${words().isLost(isRecorded())}</p>`,
    action: words().remove,
    danger: true,
    submit: signal => remove(selection, signal).finally(done),
  });

// What is done can be undone, also when the rest is refused. Customers that are done have left the selection.
function tell(entries, selection, outcome, changesOf) {
  const done = entries.filter(customer => !selection.has(customer));
  if (done.length) {
    announce(undoable(() => outcome(done.length), changesOf(done)));
  }
}

// Of several customers, those whose name is taken in their new place stay, and a dialog lists them.
// @param group the group of the customers after it, where they have one
async function sendAll(method, apiPath, selection, outcome, signal, group) {
  const { entries } = selection;
  const taken = new Set(entries.length > 1 ? (await stored('customers', entries, showProgress, signal)).keys() : []);
  const takes = place => !taken.has(place) && Boolean(taken.add(place));
  const { true: free = [], false: clashing = [] } = Object.groupBy(entries, ({ name, groupName }) =>
    groupName === group || takes(key({ name, groupName: group })));
  const tellDone = () => tell(entries, selection, outcome, done => moves(done, group));
  await send(method, apiPath, free, (done, all) => {
    selection.set(free.slice(0, done), false);
    showProgress(done, all);
  }, signal).finally(tellDone);
  if (clashing.length) {
    ask({
      title: words().notMoved(clashing.length),
      body: () => html`<p>${words().namesTaken(group)}</p>
        ${namesOf({ entries: clashing, size: clashing.length }, MAX_LISTED_NAMES, ({ name }) => toCustomer({ name, groupName: group }))}`,
    });
    tellDone();
  }
}

// Each refusal names its customer.
async function remove(selection, signal) {
  const { entries } = selection;
  const before = await stored('customers', entries, showProgress, signal);
  const outcome = n => (entries.length === 1 ? words().wasDeleted(entries[0].name) : words().customersDeleted(n));
  const deletions = done => done.flatMap(customer => before.get(key(customer)) ?? []).map(customer => ({ type: 'customer.deleted', before: customer }));
  const refusals = await sendOthers('DELETE', path('customers'), entries, deleted => {
    selection.set(deleted, false);
    showProgress(entries.length - selection.size, entries.length);
  }, signal).finally(() => tell(entries, selection, outcome, deletions));
  if (refusals.length) {
    throw new Error(refusals.join('\n'));
  }
}

/** The names of the first customers with their groups, and the number of the others. @param address returns a link for each name */
export const namesOf = ({ entries, size }, max = MAX_NAMES, address = undefined) => html`
  <ul class="names" tabindex=${max > MAX_NAMES ? 0 : nothing}>
    ${entries.slice(0, max).map(({ name, groupName }) => html`
      <li>${address ? html`<a href=${address({ name })}><bdi class="name">${name}</bdi></a>` : html`<bdi class="name">${name}</bdi>`} ${groupName ? html`<span class="hint"><bdi>${groupName}</bdi></span>` : ''}</li>`)}
    ${size > max ? html`<li>${words().andMore(size - max)}</li>` : ''}
  </ul>`;
