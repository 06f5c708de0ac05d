import { html, nothing } from './lit.js';
import { change, path, read } from './api.js';
import { send } from './batches.js';
import { ask } from './dialog.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { announce } from './ui.js';

export const NO_SUCH_GROUP = 2001;

/**
 * Opens a dialog that asks for a group, offers to create it where it does not exist, and moves the selected customers to it.
 * @param done called with the group after the attempt, when some customers may have been moved
 */
export function askToMove(selection, done) {
  const target = new GroupInput('target');
  let missing = null;

  async function move() {
    const group = target.value;
    if (missing === group) {
      await change('POST', path('customer_groups'), { name: group });
      missing = null;
    }
    try {
      await sendSelected('POST', () => path('customer_groups', group, 'customers'), selection, count => words().moved(count, group));
    } catch (refusal) {
      missing = refusal.status === NO_SUCH_GROUP && (await isMissing(group)) ? group : null;
      throw refusal;
    } finally {
      done(group);
    }
  }

  return ask({
    title: words().moveCustomers(selection.size),
    body: () => html`${namesOf(selection.entries)} ${target.template(words().targetGroup, { required: true })}`,
    action: words().move,
    submit: move,
    help: () => (missing ? html`<button class="primary">${words().createAndMove(missing)}</button>` : null),
  });
}

// The group of a customer can be missing, too.
const isMissing = group => read(path('customer_groups', group)).then(() => false, ({ status }) => status === NO_SUCH_GROUP);

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
    announce(() => done < entries.length ? words().progress(number(done), number(entries.length)) : outcome(done));
  });
}

const MAX_NAMES = 5;

/** The names of the first customers of a selection with their groups, and the number of the others. */
export const namesOf = (customers, max = MAX_NAMES) => html`
  <ul class="names" tabindex=${max > MAX_NAMES ? 0 : nothing}>
    ${customers.slice(0, max).map(({ name, groupName }) => html`
      <li><bdi class="name">${name}</bdi> ${groupName ? html`<span class="hint"><bdi>${groupName}</bdi></span>` : ''}</li>`)}
    ${customers.length > max ? html`<li>${words().andMore(customers.length - max)}</li>` : ''}
  </ul>`;
