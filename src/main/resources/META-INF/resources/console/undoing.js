// Undoing changes, in the notice of an action and in the list of changes. A change has the form of the history: its type, and
// the state before and after it. A creation has none before, a deletion none after.
import { html, nothing } from './lit.js';
import { change, path, read } from './api.js';
import { send } from './batches.js';
import { creatingGroup } from './creating-group.js';
import { COLUMNS, MEMBERS } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { differences, quote, undoOf } from './history.js';
import { words } from './i18n.js';
import { asLeft, go, revisit, toCustomer, toCustomers, toGroups, toMembers } from './router.js';
import { key } from './selection.js';
import { stored } from './stored.js';
import { announce } from './ui.js';

const MAX_LISTED = 100;

// The request that brings back the state before a change: method, API path, and body or entry of a batch.
const REQUESTS = {
  'group.created': ({ after }) => ['DELETE', path('customer_groups', after.name)],
  'group.renamed': ({ before, after }) => ['PATCH', path('customer_groups', after.name), before],
  'group.deleted': ({ before }) => ['POST', path('customer_groups'), before],
  'customer.created': ({ after }) => ['DELETE', path('customers'), placeOf(after)],
  'customer.changed': event => ['PATCH', path('customers'), { ...formerValues(event), ...placeOf(event.after) }],
  'customer.renamed': event =>
    ['PATCH', path('customers'), { ...formerValues(event), ...placeOf(event.after), newName: event.before.name }],
  'customer.moved': ({ before, after }) =>
    [before.groupName ? 'POST' : 'DELETE', path('customer_groups', before.groupName ?? after.groupName, 'customers'), placeOf(after)],
  'customer.deleted': ({ before }) => ['POST', path('customers'), before],
};

const isOfGroup = ({ type }) => type.startsWith('group.');
const requestOf = event => REQUESTS[event.type](event);
const placeOf = ({ name, groupName }) => ({ name, groupName });
const formerValues = ({ before, after }) =>
  Object.fromEntries(MEMBERS.filter(member => before[member] !== after[member]).map(member => [member, before[member] ?? null]));

// The members that an undo writes: those of a whole customer or group, or what its change has changed.
function membersOf({ type, before, after }) {
  const members = { 'customer.changed': MEMBERS, 'customer.renamed': ['name', ...MEMBERS], 'customer.moved': ['groupName'] }[type] ?? COLUMNS;
  return members.filter(member => !before || !after || before[member] !== after[member]);
}

/** A notice with a button that undoes what it tells. @param text returns the text */
export const undoable = (text, changes) => Object.assign(text, { undo: () => undo(changes) });

/**
 * Brings back the state before changes that were made together. Where somebody has changed some of the same since, a dialog
 * lists these and leaves them out, unless the user chooses them. After a refusal, it asks too.
 * @param asks whether the dialog asks in any case
 */
export async function undo(changes, asks = false) {
  announce('');
  const differing = await differingNow(changes).catch(failure => announce(() => failure.message));
  const { true: untouched = [], false: touched = [] } = Object.groupBy(differing ?? [], isAsAfter);
  const isPartly = untouched.length > 0 && touched.length > 0;
  const rest = new Set(isPartly ? untouched : differing);

  async function send() {
    const { size } = rest;
    await sendAll(rest).catch(refusal => {
      revisit();
      throw refusal;
    });
    show(changes, () => words().undone(size));
  }

  const choice = (event, index) => html`
    <label class="choice" for="also-${index}"><input type="checkbox" id="also-${index}" .checked=${rest.has(event)} @change=${({ target }) => rest[target.checked ? 'add' : 'delete'](event)}>
      <span>${nameOf(event)}</span></label>
    ${differences(event.after ?? {}, event.now, comparedMembers(event))}`;
  const planned = event => html`${nameOf(event)} ${differences(event.now, event.before ?? {}, membersOf(event))}`;

  const askFirst = () => ask({
    title: undoOf(isPartly ? untouched : differing),
    body: () => (isPartly
      ? html`<p>${words().changedSince(touched.length)}</p> ${listed(touched, choice, words().moreStay)}`
      : listed(differing, planned, words().andMore)),
    action: words().undo,
    ...creatingGroup(words().undo, () => [...rest][0].before?.groupName, send),
  });

  if (differing && !rest.size) {
    announce(() => words().nothingToUndo);
  } else if (differing && !asks && !touched.length) {
    await send().catch(askFirst);
  } else if (differing) {
    askFirst();
  }
}

const nameOf = ({ before, after }) => quote((before ?? after).name);

const listed = (events, item, more) => html`
  <ul class="names">
    ${events.slice(0, MAX_LISTED).map((event, index) => html`<li>${item(event, index)}</li>`)}
    ${events.length > MAX_LISTED ? html`<li>${more(events.length - MAX_LISTED)}</li>` : nothing}
  </ul>`;

// Shows the page again, or the page that what it shows has moved to.
function show(changes, notice) {
  const address = (event, item) => (isOfGroup(event) ? toMembers(item.name) : toCustomer(item));
  const list = event => (isOfGroup(event) ? toGroups() : asLeft(toCustomers()));
  const shown = changes.find(event => event.after && address(event, event.after) === location.hash);
  const target = !shown ? location.hash : shown.before ? address(shown, shown.before) : list(shown);
  if (target === location.hash) {
    announce(notice);
    revisit();
  } else {
    go(target, notice);
  }
}

// The changes whose state before differs from now, each with the state now. A customer may be back in its place already.
async function differingNow(changes) {
  const collection = isOfGroup(changes[0]) ? 'customer_groups' : 'customers';
  const items = await stored(collection, changes.flatMap(({ before, after }) => [before, after].filter(Boolean)), showProgress);
  // The service says that it is gone.
  const readNow = async ({ name, groupName }) => (await read(path(collection, ...[groupName, name].filter(Boolean)))).items[0];
  const now = async ({ before, after }) =>
    before && after ? items.get(key(after)) ?? items.get(key(before)) ?? readNow(after) : items.get(key(after ?? before)) ?? {};
  const states = await Promise.all(changes.map(async event => ({ ...event, now: await now(event) })));
  return states.filter(event => membersOf(event).some(member => event.now[member] !== event.before?.[member]));
}

// Whether nobody has changed the same since.
const isAsAfter = event => comparedMembers(event).every(member => event.now[member] === event.after?.[member]);

// Not all creations tell the time of registration.
const comparedMembers = event => membersOf(event).filter(member => member !== 'regDate' || event.before);

// Removes the changes that are undone, so that the user can try the others again after a refusal.
async function sendAll(rest) {
  const all = rest.size;
  for (const same of Map.groupBy(rest, event => requestOf(event).slice(0, 2).join(' ')).values()) {
    const [method, apiPath] = requestOf(same[0]);
    const entries = same.map(event => requestOf(event)[2]);
    await (isOfGroup(same[0])
      ? change(method, apiPath, entries[0])
      : send(method, apiPath, entries, done => {
        same.slice(0, done).forEach(event => rest.delete(event));
        showProgress(all - rest.size, all);
      }));
  }
}
