import { html } from './lit.js';
import { words } from './i18n.js';

/** What a customer has besides name and group, in the order of the service. */
const MEMBERS = [
  'description', 'regDate', 'officeNumber', 'mobileNumber', 'email', 'address', 'city', 'country', 'postcode', 'contact', 'referenceId',
];

const LONG = ['description', 'address'];
const TYPES = { email: 'email', mobileNumber: 'tel', officeNumber: 'tel' };

/** @param stored the customer as the service knows it */
export const customerFields = stored => MEMBERS.map(member => html`
  <div class="field ${member}">
    <label for=${member}>${words().fields[member]}</label>
    ${field(member, stored[member] ?? '')}
  </div>`);

// An input would drop the ends of lines, which any text may have.
function field(member, value) {
  return LONG.includes(member) || /[\r\n]/.test(value)
    ? html`<textarea id=${member} rows=${member === 'description' ? 4 : 2} .value=${value}></textarea>`
    : html`<input id=${member} inputmode=${TYPES[member] ?? 'text'} placeholder=${member === 'regDate' ? words().timeFormat : ''}
        autocomplete="off" .value=${value}>`;
}

/** The members whose fields say something else than what is stored, null for those that are empty now. */
export function changed(stored) {
  return Object.fromEntries(MEMBERS
    .map(member => [member, document.getElementById(member).value])
    .filter(([member, value]) => value !== unified(stored[member] ?? ''))
    .map(([member, value]) => [member, value || null]));
}

// Browsers know one end of a line in a field.
const unified = text => text.replace(/\r\n?/g, '\n');
