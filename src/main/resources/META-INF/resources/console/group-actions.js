import { html } from './lit.js';
import { change, path } from './api.js';
import { forChanges } from './caller.js';
import { isRecorded } from './change-list.js';
import { ask, close } from './dialog.js';
import { words } from './i18n.js';
import { toMembers } from './router.js';
import { textField, valueOf } from './text-field.js';
import { button } from './ui.js';

const HOLDS_CUSTOMERS = 2003;

/** The field of a dialog for the name of a group. */
export const nameField = value => () => textField({ id: 'group-name', label: words().groupName, value, required: true });

/**
 * The buttons that rename and delete a group.
 * @param renamed called with the new name and the notice
 * @param deleted called with the notice
 */
export const groupActions = (name, { renamed, deleted }) => forChanges(() => html`
  ${button({ label: words().rename, icon: 'pencil', name: words().renameGroup(name), click: () => askToRename(name, renamed) })}
  ${button({ label: words().remove, icon: 'trash', name: words().deleteGroup(name), click: () => askToDelete(name, deleted) })}`);

const askToRename = (from, renamed) =>
  ask({
    title: words().renameGroup(from),
    body: nameField(from),
    action: words().rename,
    submit: async () => {
      const to = valueOf('group-name');
      await change('PATCH', path('customer_groups', from), { name: to });
      renamed(to, () => words().groupRenamed(from, to));
    },
  });

const askToDelete = (name, deleted) =>
  ask({
    title: words().deleteGroup(name),
    body: () => html`<p>${words().deleteGroupHint} ${words().isLost(isRecorded())}</p>`,
    action: words().remove,
    danger: true,
    submit: async () => {
      await change('DELETE', path('customer_groups', name));
      deleted(() => words().groupDeleted(name));
    },
    help: ({ status }) =>
      status === HOLDS_CUSTOMERS ? html`<a class="button primary" href=${toMembers(name)} @click=${close}>${words().showHeldCustomers}</a>` : null,
  });
