import { html } from './lit.js';
import { path } from './api.js';
import { forChanges } from './caller.js';
import { columnChooser, customerTable } from './customer-table.js';
import { askToExport } from './exporting.js';
import { foundGroups } from './find.js';
import { words } from './i18n.js';
import { askToImport } from './later.js';
import { toCustomers, toNewCustomer } from './router.js';
import { CUSTOMER_FIELDS } from './search-language.js';
import { searchOf } from './search.js';
import { Selection } from './selection.js';
import { button, symbol } from './ui.js';

/** The view of all customers, with and without a group: the user searches, selects, moves and deletes them. */
export function customers() {
  const selection = new Selection();
  const search = searchOf(path('customers', 'data'), CUSTOMER_FIELDS, toCustomers);

  const table = () => customerTable({
    caption: words().customers,
    customers: search.list.items,
    found: { total: search.list.total, querys: search.querys() },
    selection,
    changed: () => search.list.reload(),
    withGroup: true,
    header: search.header,
  });

  // What is selected is let go with the search.
  function enter(params) {
    const before = JSON.stringify(search.querys());
    search.enter(params);
    if (before !== JSON.stringify(search.querys())) {
      selection.clear();
    }
  }

  return {
    selection,
    title: () => words().customers,
    enter,
    template: () => html`
      <div class="head">
        <h1 tabindex="-1">${words().customers}</h1>
        ${columnChooser()} ${button({ label: words().exportFile, click: () => askToExport(search.querys()) })}
        ${forChanges(() => button({ label: words().importFile, click: () => askToImport(undefined, () => search.list.reload()) }))}
        ${forChanges(() => html`<a class="button primary" href=${toNewCustomer()}>${symbol('plus')} ${words().newCustomer}</a>`)}
      </div>
      ${foundGroups()} ${search.builder()}
      ${search.results(table, words().noCustomers, forChanges(() => words().createFirstCustomer))}
      ${search.shown()}`,
  };
}
