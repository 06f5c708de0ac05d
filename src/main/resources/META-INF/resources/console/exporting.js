import { html, nothing } from './lit.js';
import { path, search } from './api.js';
import { COLUMNS } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { options } from './forms.js';
import { condition } from './grammar.js';
import { words } from './i18n.js';
import { key } from './selection.js';
import { save } from './spreadsheet.js';
import { announce, update } from './ui.js';

const LIMIT = 1000;
// The browser stands still while it writes the file, for about 10 s with so many.
const MAX_XLSX = 100_000;

/** Opens a dialog that saves the customers of a search as a spreadsheet. @param querys the conditions of the search */
export const askToExport = querys => {
  let format = 'xlsx';

  ask({
    title: words().exportFile,
    body: () => html`
      <label for="format">${words().format}</label>
      <select id="format" @change=${event => { format = event.target.value; update(); }}>
        ${options([['xlsx', 'Excel (XLSX)'], ['csv', 'CSV']], format)}
      </select>
      ${format === 'csv' ? html`<label class="choice" for="guard"><input type="checkbox" id="guard" checked> ${words().guard}</label>` : nothing}`,
    action: words().exportFile,
    submit: async signal => {
      const xlsx = format === 'xlsx';
      const rows = [COLUMNS.map(member => words().fields[member])];
      for await (const [customers, total] of everyItem('customers', querys, signal)) {
        if (xlsx && total > MAX_XLSX) {
          throw new Error(words().tooManyForXlsx(MAX_XLSX));
        }
        rows.push(...customers.map(customer => COLUMNS.map(member => customer[member] ?? '')));
        showProgress(rows.length - 1, total);
      }
      await save('customers', rows, { xlsx, guard: document.getElementById('guard')?.checked });
      announce(() => words().exported(rows.length - 1));
    },
  });
};

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
