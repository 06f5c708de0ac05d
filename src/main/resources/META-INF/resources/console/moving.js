import { html } from './lit.js';
import { path } from './api.js';
import { send } from './batches.js';
import { ask } from './dialog.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { announce } from './ui.js';

/** Asks for a group and moves the selected customers to it. @param done called with the group when something may have moved */
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
 * Sends the selected customers, and takes those that are done out of the selection, so that what was refused stays in it.
 * @param where the path that they are sent to
 * @param outcome tells how many are done
 */
export async function sendSelected(method, where, selection, outcome) {
  const entries = selection.entries;
  await send(method, where(), entries, done => {
    selection.set(entries.slice(0, done), false);
    announce(done < entries.length ? words().progress(number(done), number(entries.length)) : outcome(done));
  });
}

const SHOWN = 5;

/** Whom it is about; of many, the first few. */
export const namesOf = customers => html`
  <ul class="names">
    ${customers.slice(0, SHOWN).map(({ name }) => html`<li><bdi class="name">${name}</bdi></li>`)}
    ${customers.length > SHOWN ? html`<li>${words().andMore(customers.length - SHOWN)}</li>` : ''}
  </ul>`;
