import { html, nothing, repeat } from './lit.js';
import { path } from './api.js';
import { forChanges } from './caller.js';
import { askToExport } from './exporting.js';
import { CUSTOMER_FIELDS } from './grammar.js';
import { words } from './i18n.js';
import { askToImport } from './importing.js';
import { askToMove } from './moving.js';
import { toCustomer, toCustomers, toMembers, toNewCustomer } from './router.js';
import { Search } from './search.js';
import { Selection } from './selection.js';
import { button, symbol } from './ui.js';
import { zone } from './zone.js';

const COLUMNS = ['regDate', 'city', 'contact', 'referenceId'];

/** The view of all customers, with and without a group: the user searches, selects and moves them. */
export function customers() {
  const selection = new Selection();
  const search = new Search(path('customers', 'data'), CUSTOMER_FIELDS, toCustomers);

  const table = () => html`
    ${selection.toolbar(
      { label: words().moveTo, icon: 'arrow-right', kind: 'primary', click: () => askToMove(selection, () => search.list.reload()) },
    )}
    <div class="scroller" tabindex="0" role="region" aria-label=${words().customers}>
      <table>
        <caption class="unseen">${words().customers}</caption>
        <thead><tr>
          ${selection.boxForAll(search.list.items)}
          ${search.header('name', words().customer)}
          ${search.header('groupName', words().group)}
          ${COLUMNS.map(member => search.header(member, words().fields[member], member === 'regDate' ? html`<span class="zone">${zone}</span>` : nothing))}
        </tr></thead>
        <tbody>${repeat(search.list.items, toCustomer, row)}</tbody>
      </table>
    </div>`;

  const row = customer => html`
    <tr>
      ${selection.box(customer)}
      <th scope="row"><a class="name" href=${toCustomer(customer)}><bdi>${customer.name}</bdi></a></th>
      <td>${customer.groupName
        ? html`<a class="name" href=${toMembers(customer.groupName)}><bdi>${customer.groupName}</bdi></a>`
        : html`<span class="hint">${words().none}</span>`}</td>
      ${COLUMNS.map(member => html`<td class=${member}><bdi>${customer[member] ?? ''}</bdi></td>`)}
    </tr>`;

  return {
    title: () => words().customers,
    enter: params => search.enter(params),
    template: () => html`
      <div class="head">
        <h1 tabindex="-1">${words().customers}</h1>
        ${button({ label: words().exportCsv, click: () => askToExport(search.request.querys) })}
        ${forChanges(() => button({ label: words().importCsv, click: () => askToImport(undefined, () => search.list.reload()) }))}
        ${forChanges(() => html`<a class="button primary" href=${toNewCustomer()}>${symbol('plus')} ${words().newCustomer}</a>`)}
      </div>
      ${search.builder()}
      ${search.results(table, words().noCustomers, forChanges(() => words().createFirstCustomer))}
      ${search.shown()}`,
  };
}
