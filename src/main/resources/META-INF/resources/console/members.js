import { html, nothing } from './lit.js';
import { path, read, search } from './api.js';
import { forChanges } from './caller.js';
import { columnChooser, customerTable } from './customer-table.js';
import { askToExport } from './exporting.js';
import { condition, toParam } from './grammar.js';
import { groupActions } from './group-actions.js';
import { historyOf } from './history.js';
import { words } from './i18n.js';
import { askToAdd, askToImport, askToTakeOut } from './later.js';
import { List } from './list.js';
import { go, toCustomers, toGroups, toMembers } from './router.js';
import { Selection } from './selection.js';
import { button, symbol } from './ui.js';

/** The view of the customers of a group: the user adds them, moves them, takes them out and deletes them. */
export function members(group) {
  const selection = new Selection();
  const list = new List(readPage);
  const history = historyOf({ group });
  const querys = [condition('groupName', '=', [group])];

  // The list of a group has names alone. A search finds the other members of the customers from the first name to the last.
  async function readPage(page, options) {
    const { items, total } = await read(path('customer_groups', group, 'customers'), page, options);
    if (!items.length) {
      return { items, total };
    }
    const names = [items[0].name, items.at(-1).name];
    const inPage = { querys: [...querys, condition('name', 'between', names)] };
    const found = await search(path('customers', 'data'), { limit: page.limit }, inPage, options);
    return { items: found.items, total };
  }

  function reload() {
    list.reload();
    history.refresh();
  }

  const takeOut = () => askToTakeOut(group, selection, reload);
  const add = () => askToAdd(group, reload);

  const table = () => customerTable({
    caption: words().customersOf(group),
    customers: list.items,
    found: { total: list.total, querys },
    selection,
    changed: reload,
    actions: [{ label: words().opens(words().takeOut), icon: 'user-minus', click: takeOut }],
  });

  const actions = () => html`
    <a class="button" href=${toCustomers({ q: toParam(inGroup(group)) })}>${symbol('search')} ${words().searchInGroup}</a>
    ${columnChooser()} ${button({ label: words().exportFile, click: () => askToExport(querys) })}
    ${forChanges(() => button({ label: words().importFile, click: () => askToImport(group, reload) }))}
    ${groupActions(group, (notice, to) => go(toMembers(to), notice), notice => go(toGroups(), notice))}
    ${forChanges(() => button({ label: words().addCustomers, icon: 'user-plus', kind: 'primary', click: add }))}`;

  return {
    selection,
    title: () => group,
    enter: params => list.load(params),
    template: () => html`
      <p class="trail"><a href=${toGroups()}>${words().groups}</a></p>
      <div class="head">
        <h1 tabindex="-1"><bdi class="name">${group}</bdi></h1>
        ${list.error ? nothing : actions()}
      </div>
      ${list.template(table, page => go(toMembers(group, page)), words().noCustomers, forChanges(() => words().addFirstCustomers))}
      ${history.template()}`,
  };
}

const inGroup = group => ({ conditions: [condition('groupName', '=', [group]), condition('name')], sorts: [] });
