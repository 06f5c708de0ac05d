import { html, repeat } from './lit.js';
import { change, path, read } from './api.js';
import { forChanges } from './caller.js';
import { ask, close } from './dialog.js';
import { GROUP_FIELDS } from './grammar.js';
import { words } from './i18n.js';
import { toGroups, toMembers } from './router.js';
import { Search } from './search.js';
import { textField, valueOf } from './text-field.js';
import { announce, button } from './ui.js';

const HOLDS_CUSTOMERS = 2003;

/** The view of all groups: the user searches, creates, renames and deletes them. */
export function groups() {
  const search = new Search(path('customer_groups', 'data'), GROUP_FIELDS, toGroups);

  const nameField = value => () => textField({ id: 'group-name', label: words().groupName, value, required: true });

  // The service gives the same response whether the group existed or not. The console looks first, so that the user knows.
  async function create() {
    const name = valueOf('group-name');
    if (await exists(name)) {
      throw new Error(words().groupExists(name));
    }
    await change('POST', path('customer_groups'), { name });
    done(words().groupCreated(name));
  }

  async function rename(from) {
    const to = valueOf('group-name');
    await change('PATCH', path('customer_groups', from), { name: to });
    done(words().groupRenamed(from, to));
  }

  async function remove(name) {
    await change('DELETE', path('customer_groups', name));
    done(words().groupDeleted(name));
  }

  function done(outcome) {
    announce(outcome);
    search.list.reload();
  }

  const askToCreate = () => ask({ title: words().newGroup, body: nameField(''), action: words().create, submit: create });

  const askToRename = name =>
    ask({ title: words().renameGroup(name), body: nameField(name), action: words().rename, submit: () => rename(name) });

  const askToDelete = name =>
    ask({
      title: words().deleteGroup(name),
      body: () => html`<p>${words().deleteGroupHint}</p>`,
      action: words().remove,
      danger: true,
      submit: () => remove(name),
      help: ({ status }) =>
        status === HOLDS_CUSTOMERS ? html`<a class="button primary" href=${toMembers(name)} @click=${close}>${words().showHeldCustomers}</a>` : null,
    });

  const table = () => html`
    <div class="scroller">
      <table>
        <caption class="unseen">${words().groups}</caption>
        <thead><tr><th scope="col">${words().group}</th>${forChanges(() => html`<th scope="col"><span class="unseen">${words().actions}</span></th>`)}</tr></thead>
        <tbody>${repeat(search.list.items, ({ name }) => name, ({ name }) => html`
          <tr>
            <th scope="row"><a class="name" href=${toMembers(name)}><bdi>${name}</bdi></a></th>
            ${forChanges(() => html`<td><div class="actions">
              ${button({ label: words().rename, name: words().renameGroup(name), click: () => askToRename(name) })}
              ${button({ label: words().remove, name: words().deleteGroup(name), click: () => askToDelete(name) })}
            </div></td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>`;

  return {
    title: () => words().groups,
    enter: params => search.enter(params),
    template: () => html`
      <div class="head">
        <h1 tabindex="-1">${words().groups}</h1>
        ${forChanges(() => button({ label: words().newGroup, kind: 'primary', click: askToCreate }))}
      </div>
      ${search.builder()}
      ${search.results(table, words().noGroups)}
      ${search.shown()}`,
  };
}

// A name that is not allowed in a path counts as not existing. The service then refuses to create the group.
const exists = name => read(path('customer_groups', name)).then(() => true, () => false);
