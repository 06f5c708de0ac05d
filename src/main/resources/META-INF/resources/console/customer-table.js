import { html, live, nothing, repeat } from './lit.js';
import { MEMBERS } from './customer-fields.js';
import { words } from './i18n.js';
import { askToDelete, askToMove } from './later.js';
import { toCustomer, toMembers } from './router.js';
import { update } from './ui.js';
import { zone } from './zone.js';

const STORAGE_KEY = 'console.columns';
const FIRST = ['contact', 'email', 'mobileNumber', 'city', 'referenceId'];
const COLUMNS = [...FIRST, ...MEMBERS.filter(member => ![...FIRST, 'regDate'].includes(member)), 'regDate'];
const LINKS = {
  email: text => /^\S+@\S+$/.test(text) && `mailto:${encodeURIComponent(text)}`,
  mobileNumber: text => /\d{3}/.test(text) && `tel:${text.replace(/[^\d+*#]/g, '')}`,
};
LINKS.officeNumber = LINKS.mobileNumber;

let shown = JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? [...FIRST, 'regDate'];

function toggle(member) {
  shown = COLUMNS.filter(column => shown.includes(column) !== (column === member));
  localStorage.setItem(STORAGE_KEY, JSON.stringify(shown));
  update();
}

/** The button with which the user chooses the columns of all tables of customers. The browser keeps the choice. */
export const columnChooser = () => html`
  <button type="button" popovertarget="columns">${words().columnsShown}</button>
  <div popover id="columns" role="group" aria-label=${words().columnsShown}>${COLUMNS.map(member => html`
    <label class="choice" for="shown-${member}"><input type="checkbox" id="shown-${member}" .checked=${live(shown.includes(member))} @change=${() => toggle(member)}> ${words().fields[member]}</label>`)}
  </div>`;

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
        ${shown.map(member => header(member, words().fields[member], member === 'regDate' ? html`<span class="zone">${zone}</span>` : nothing))}
      </tr></thead>
      <tbody>${repeat(customers, toCustomer, customer => html`
        <tr>
          ${selection.box(words().select(customer.name), [customer], customers)}
          <th scope="row"><a class="name" href=${toCustomer(customer)}><bdi>${customer.name}</bdi></a></th>
          ${withGroup ? html`<td data-label=${words().group}>${groupOf(customer)}</td>` : nothing}
          ${shown.map(member => html`<td class=${member} data-label=${labelOf(member)}><bdi>${linked(member, customer[member])}</bdi></td>`)}
        </tr>`)}
      </tbody>
    </table>
  </div>`;

const labelOf = member => (member === 'regDate' ? `${words().fields.regDate} (${zone})` : words().fields[member]);

const linked = (member, text) => (text && LINKS[member]?.(text) ? html`<a href=${LINKS[member](text)}>${text}</a>` : text);

const groupOf = ({ groupName }) => groupName
  ? html`<a class="name" href=${toMembers(groupName)}><bdi>${groupName}</bdi></a>`
  : html`<span class="hint">${words().none}</span>`;
