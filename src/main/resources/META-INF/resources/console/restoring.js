import { html } from './lit.js';
import { change, path, read, search } from './api.js';
import { MAX_ENTRIES, send } from './batches.js';
import { creatingGroup } from './customer-actions.js';
import { MEMBERS } from './customer-fields.js';
import { ask } from './dialog.js';
import { differences, quote, restoreOf } from './history.js';
import { words } from './i18n.js';
import { key } from './selection.js';
import { announce } from './ui.js';

// The request that restores the state before a change: method, API path, and body or entry of a batch.
const REQUESTS = {
  'group.renamed': ({ before, after }) => ['PATCH', path('customer_groups', after.name), before],
  'group.deleted': ({ before }) => ['POST', path('customer_groups'), before],
  'customer.changed': event => ['PATCH', path('customers'), { ...formerValues(event), ...placeOf(event.after) }],
  'customer.moved': ({ before, after }) =>
    [before.groupName ? 'POST' : 'DELETE', path('customer_groups', before.groupName ?? after.groupName, 'customers'), placeOf(after)],
  'customer.deleted': ({ before }) => ['POST', path('customers'), before],
};

const requestOf = event => REQUESTS[event.type](event);
const placeOf = ({ name, groupName }) => ({ name, groupName });
const formerValues = event => Object.fromEntries(membersOf(event).map(member => [member, event.before[member] ?? null]));

// The members that a restore writes. It brings back a whole customer, or what its change has changed.
function membersOf({ type, before, after }) {
  const members = { 'customer.changed': MEMBERS, 'customer.moved': ['groupName'] }[type] ?? ['name', 'groupName', ...MEMBERS];
  return members.filter(member => !after || before[member] !== after[member]);
}

/**
 * Opens a dialog with the differences between now and the state before some changes of one call, and restores that state.
 * @param done called after the attempt, when some changes may be restored
 */
export async function askToRestore(changes, done) {
  const differing = await differingNow(changes).catch(failure => announce(() => failure.message));
  const rest = new Set(differing);

  async function restore() {
    await sendAll(rest);
    announce(() => words().restored(differing.length));
  }

  if (rest.size) {
    ask({
      title: restoreOf(differing),
      body: () => html`<ul class="names">${differing.map(event => html`
        <li>${quote(event.before.name)} ${differences(event.now, event.before, membersOf(event))}</li>`)}</ul>`,
      action: words().restore,
      ...creatingGroup(words().restore, () => [...rest][0].before.groupName, () => restore().finally(done)),
    });
  } else if (differing) {
    announce(() => words().nothingToRestore);
  }
}

// The changes whose state before differs from now, each with the state now. A customer may be back in its place already.
async function differingNow(changes) {
  const collection = changes[0].type.startsWith('group.') ? 'customer_groups' : 'customers';
  const names = new Set(changes.flatMap(({ before, after }) => [before.name, (after ?? before).name]));
  const request = { querys: [{ name: 'name', op: 'in', values: [...names] }] };
  const { items } = await search(path(collection, 'data'), { limit: MAX_ENTRIES }, request);
  const stored = new Map(items.map(item => [key(item), item]));
  // A read finds what has not been among the items, or the service says that it is gone.
  const readNow = async ({ name, groupName }) => (await read(path(collection, ...[groupName, name].filter(Boolean)))).items[0];
  const now = async ({ before, after }) =>
    stored.get(key(after ?? before)) ?? stored.get(key(before)) ?? (after ? readNow(after) : {});
  const states = await Promise.all(changes.map(async event => ({ ...event, now: await now(event) })));
  return states.filter(event => membersOf(event).some(member => event.now[member] !== event.before[member]));
}

// Removes the changes that are done, so that the user can try the others again after a refusal.
async function sendAll(rest) {
  for (const same of Map.groupBy(rest, event => requestOf(event).slice(0, 2).join(' ')).values()) {
    const [method, apiPath] = requestOf(same[0]);
    const entries = same.map(event => requestOf(event)[2]);
    await (same[0].type.startsWith('group.')
      ? change(method, apiPath, entries[0])
      : send(method, apiPath, entries, done => same.slice(0, done).forEach(event => rest.delete(event))));
  }
}
