import { html, nothing, repeat } from './lit.js';
import { askToDelete, askToMove } from './customer-actions.js';
import { words } from './i18n.js';
import { toCustomer, toMembers } from './router.js';
import { zone } from './zone.js';

const COLUMNS = ['contact', 'email', 'mobileNumber', 'city', 'referenceId', 'regDate'];

const plainHeader = (field, label, hint) => html`<th scope="col">${label} ${hint}</th>`;

/**
 * A table of customers, which the user can select, move and delete.
 * @param found {total, querys}: how many customers all pages have, and the search that finds them
 * @param changed called when some customers may have been moved or deleted
 * @param header makes the header of a column: (field, label, hint)
 * @param actions more buttons for the selected customers
 */
export const customerTable = ({ caption, customers, found, selection, changed, withGroup = false, header = plainHeader, actions = [] }) => html`
  ${selection.toolbar(
    found,
    { label: words().opens(words().move), icon: 'arrow-right', kind: 'primary', click: () => askToMove(selection, changed) },
    ...actions,
    { label: words().opens(words().remove), icon: 'trash', kind: 'danger', click: () => askToDelete(selection, changed) },
  )}
  <div class="scroller" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="unseen">${caption}</caption>
      <thead><tr>
        ${selection.box(words().selectPage, customers)}
        ${header('name', words().customer, nothing)} ${withGroup ? header('groupName', words().group, nothing) : nothing}
        ${COLUMNS.map(member => header(member, words().fields[member], member === 'regDate' ? html`<span class="zone">${zone}</span>` : nothing))}
      </tr></thead>
      <tbody>${repeat(customers, toCustomer, customer => html`
        <tr>
          ${selection.box(words().select(customer.name), [customer], customers)}
          <th scope="row"><a class="name" href=${toCustomer(customer)}><bdi>${customer.name}</bdi></a></th>
          ${withGroup ? html`<td data-label=${words().group}>${groupOf(customer)}</td>` : nothing}
          ${COLUMNS.map(member => html`<td class=${member} data-label=${labelOf(member)}><bdi>${customer[member]}</bdi></td>`)}
        </tr>`)}
      </tbody>
    </table>
  </div>`;

const labelOf = member => (member === 'regDate' ? `${words().fields.regDate} (${zone})` : words().fields[member]);

const groupOf = ({ groupName }) => groupName
  ? html`<a class="name" href=${toMembers(groupName)}><bdi>${groupName}</bdi></a>`
  : html`<span class="hint">${words().none}</span>`;
