import { html } from './lit.js';
import { change, path } from './api.js';
import { forChanges } from './caller.js';
import { ask, close } from './dialog.js';
import { textField, valueOf } from './forms.js';
import { isRecorded } from './history.js';
import { words } from './i18n.js';
import { toMembers } from './router.js';
import { button } from './ui.js';
import { undoable } from './undoing.js';

const HOLDS_CUSTOMERS = 2003;

/** The field of a dialog for the name of a group. */
export const nameField = value => () => textField({ id: 'name', label: words().groupName, value, required: true });

/**
 * The buttons that rename and delete a group.
 * @param renamed called with the notice and the new name
 * @param deleted called with the notice
 */
export const groupActions = (name, renamed, deleted) => forChanges(() => html`
  ${actionButton(words().rename, 'pencil', name, () => askToRename(name, renamed))}
  ${actionButton(words().remove, 'trash', name, () => askToDelete(name, deleted))}`);

const actionButton = (label, icon, group, click) =>
  button({ label, icon, name: words().actionOn(label, group), click });

const askToRename = (from, renamed) =>
  ask({
    title: words().actionOn(words().rename, from),
    body: nameField(from),
    action: words().rename,
    submit: async () => {
      const to = valueOf('name');
      await change('PATCH', path('customer_groups', from), { name: to });
      renamed(undoable(() => words().groupRenamed(from, to), [{ type: 'group.renamed', before: { name: from }, after: { name: to } }]), to);
    },
  });

const askToDelete = (name, deleted) =>
  ask({
    title: words().actionOn(words().remove, name),
    body: () => html`<p>${words().deleteGroupHint} ${words().isLost(isRecorded())}</p>`,
    action: words().remove,
    danger: true,
    submit: async () => {
      await change('DELETE', path('customer_groups', name));
      deleted(undoable(() => words().wasDeleted(name), [{ type: 'group.deleted', before: { name } }]));
    },
    help: ({ status }) =>
      status === HOLDS_CUSTOMERS ? html`<a class="button primary" href=${toMembers(name)} @click=${close}>${words().showHeldCustomers}</a>` : null,
  });
