import { html } from './lit.js';
import { path } from './api.js';
import { send } from './batches.js';
import { ask } from './dialog.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { announce } from './ui.js';

/**
 * Opens a dialog that asks for a group and moves the selected customers to it.
 * @param done called with the group after the attempt, when some customers may have been moved
 */
export function askToMove(selection, done) {
  const target = new GroupInput('target');
  return ask({
    title: words().moveCustomers(selection.size),
    body: () => html`${namesOf(selection.entries)} ${target.template(words().targetGroup, { required: true })}`,
    action: words().move,
    submit: () =>
      sendSelected('POST', () => path('customer_groups', target.value, 'customers'), selection, count =>
        words().moved(count, target.value)).finally(() => done(target.value)),
  });
}

/**
 * Sends the selected customers, and removes those that are done from the selection. After a refusal, the others stay
 * selected.
 * @param apiPath returns the API path to send them to
 * @param outcome returns the notice for a number of customers that are done
 */
export async function sendSelected(method, apiPath, selection, outcome) {
  const entries = selection.entries;
  await send(method, apiPath(), entries, done => {
    selection.set(entries.slice(0, done), false);
    announce(done < entries.length ? words().progress(number(done), number(entries.length)) : outcome(done));
  });
}

const MAX_NAMES = 5;

/** The names of the first customers of a selection, and the number of the others. */
export const namesOf = customers => html`
  <ul class="names">
    ${customers.slice(0, MAX_NAMES).map(({ name }) => html`<li><bdi class="name">${name}</bdi></li>`)}
    ${customers.length > MAX_NAMES ? html`<li>${words().andMore(customers.length - MAX_NAMES)}</li>` : ''}
  </ul>`;
