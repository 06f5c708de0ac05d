import { html, ref, repeat } from './lit.js';
import { change, exists, path } from './api.js';
import { forChanges } from './caller.js';
import { Counts } from './counts.js';
import { ask } from './dialog.js';
import { valueOf } from './forms.js';
import { groupActions, nameField } from './group-actions.js';
import { words } from './i18n.js';
import { toGroups, toMembers } from './router.js';
import { GROUP_FIELDS } from './search-language.js';
import { searchOf } from './search.js';
import { announce, button } from './ui.js';
import { undoable } from './undoing.js';

/** The view of all groups: the user searches, creates, renames and deletes them. */
export function groups() {
  const search = searchOf(path('customer_groups', 'data'), GROUP_FIELDS, toGroups);
  const counts = new Counts();

  // The service gives the same response whether the group existed or not. The console looks first, so that the user knows.
  async function create() {
    const name = valueOf('name');
    if (await exists(path('customer_groups', name))) {
      throw new Error(words().groupExists(name));
    }
    await change('POST', path('customer_groups'), { name });
    done(undoable(() => words().wasCreated(name), [{ type: 'group.created', after: { name } }]));
  }

  function done(notice) {
    announce(notice);
    search.list.reload();
  }

  const askToCreate = () => ask({ title: words().newGroup, body: nameField(''), action: words().create, submit: create });

  const table = () => html`
    <div class="scroller">
      <table>
        <caption class="unseen">${words().groups}</caption>
        <thead><tr>
          ${search.header('name', words().group)} <th scope="col" class="count">${words().customers}</th>
          ${forChanges(() => html`<th scope="col"><span class="unseen">${words().actions}</span></th>`)}
        </tr></thead>
        <tbody>${repeat(search.list.items, ({ name }) => name, row)}</tbody>
      </table>
    </div>`;

  const row = group => html`
    <tr>
      <th scope="row"><a class="name" href=${toMembers(group.name)}><bdi>${group.name}</bdi></a></th>
      <td class="count" data-label=${words().customers} ${ref(cell => counts.show(cell, group))}></td>
      ${forChanges(() => html`<td><div class="actions">${groupActions(group.name, done, done)}</div></td>`)}
    </tr>`;

  return {
    title: () => words().groups,
    enter: search.enter,
    template: () => html`
      <div class="head">
        <h1 tabindex="-1">${words().groups}</h1>
        ${forChanges(() => button({ label: words().newGroup, icon: 'plus', kind: 'primary', click: askToCreate }))}
      </div>
      ${search.builder()}
      ${search.results(table, words().noGroups, forChanges(() => words().createFirstGroup))}
      ${search.shown()}`,
  };
}
