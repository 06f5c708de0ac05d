import { html } from './lit.js';
import { change, path } from './api.js';
import { sendEach } from './batches.js';
import { isRecorded } from './change-list.js';
import { ask } from './dialog.js';
import { number, words } from './i18n.js';
import { namesOf } from './moving.js';
import { announce } from './ui.js';

/** The API path of a customer. */
export const pathOf = ({ name, groupName }) => groupName ? path('customers', groupName, name) : path('customers', name);

/** Opens a dialog that deletes the selected customers. @param done called after the attempt, when some may be gone */
export const askToDelete = (selection, done) =>
  ask({
    title: words().deleteCustomers(selection.size, selection.entries[0].name),
    body: () => html`${namesOf(selection.entries, Infinity)}<p>${words().deleteCustomerHint} ${words().isLost(isRecorded())}</p>`,
    action: words().remove,
    danger: true,
    submit: signal => remove(selection, signal).finally(done),
  });

// Those that are not deleted stay selected. Each refusal names its customer.
async function remove(selection, signal) {
  const all = selection.size;
  const refusals = await sendEach(selection.entries, async customer => {
    await change('DELETE', pathOf(customer));
    selection.set([customer], false);
    const done = all - selection.size;
    announce(() => selection.size ? words().progress(number(done), number(all)) : words().customersDeleted(done));
  }, signal);
  if (refusals.length) {
    throw new Error(refusals.join('\n'));
  }
}
