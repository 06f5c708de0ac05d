import { html } from './lit.js';
import { path, search } from './api.js';
import { download } from './csv.js';
import { COLUMNS } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { condition } from './grammar.js';
import { words } from './i18n.js';
import { key } from './selection.js';
import { announce } from './ui.js';

const LIMIT = 1000;

/** Opens a dialog that saves the customers of a search as a CSV file. @param querys the conditions of the search */
export const askToExport = querys =>
  ask({
    title: words().exportCsv,
    body: () => html`<label class="choice" for="guard"><input type="checkbox" id="guard" checked> ${words().guard}</label>`,
    action: words().exportCsv,
    submit: async signal => {
      const rows = [COLUMNS.map(member => words().fields[member])];
      for await (const [customers, total] of everyItem('customers', querys, signal)) {
        rows.push(...customers.map(customer => COLUMNS.map(member => customer[member] ?? '')));
        showProgress(rows.length - 1, total);
      }
      download('customers.csv', rows, document.getElementById('guard').checked);
      announce(() => words().exported(rows.length - 1));
    },
  });

/**
 * Reads what a search for customers or groups finds, page by page: [items, total]. Each page begins at the last name of the
 * page before, so no change meanwhile hides another item. Customers of a name that fills a page are read by group.
 */
export async function* everyItem(resource, querys, signal) {
  let total, last, known = new Set();
  for (let from = []; from; ) {
    const request = { querys: [...querys, ...from], sorts: [{ name: 'name' }] };
    const page = await search(path(resource, 'data'), { limit: LIMIT }, request, { signal });
    yield [page.items.filter(item => !known.has(key(item))), (total ??= page.total)];
    last = page.items.at(-1) ?? last;
    known = new Set(page.items.map(key));
    const full = page.items.length === LIMIT;
    from = full && page.items[0].name !== last.name ? [condition('name', '>=', [last.name])]
      : full ? [condition('name', '=', [last.name]), condition('groupName', '>', [last.groupName])]
      : from.length > 1 ? [condition('name', '>', [last.name])] : null;
  }
}
