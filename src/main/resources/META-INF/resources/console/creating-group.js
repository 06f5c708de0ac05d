import { html } from './lit.js';
import { change, exists, path } from './api.js';
import { words } from './i18n.js';

const NO_SUCH_GROUP = 2001;

/**
 * The submit and the help of a dialog whose action needs a group. Where it does not exist, the help creates it first.
 * @param action the label of the action
 * @param groupOf returns the name of the group
 * @param send does the action with the group, until a signal is aborted
 */
export function creatingGroup(action, groupOf, send) {
  let missing = null;

  async function submit(signal) {
    const group = groupOf();
    if (missing === group) {
      await change('POST', path('customer_groups'), { name: group });
      missing = null;
    }
    await send(group, signal).catch(async refusal => {
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
