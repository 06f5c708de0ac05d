import { html, nothing } from './lit.js';
import { mayChange } from './caller.js';
import { words } from './i18n.js';
import { zone } from './zone.js';

/** The members of a customer besides name and group, in the order of the API. */
export const MEMBERS = [
  'description', 'regDate', 'officeNumber', 'mobileNumber', 'email', 'address', 'city', 'country', 'postcode', 'contact', 'referenceId',
];

const LONG = ['description', 'address'];
const TYPES = { email: 'email', mobileNumber: 'tel', officeNumber: 'tel' };

/** The form fields of a customer. @param stored the customer as stored; {} for a new one */
export const customerFields = stored => MEMBERS.map(member => html`
  <div class="field ${member}">
    <label for=${member}>${words().fields[member]}</label>
    ${field(member, stored[member] ?? '')}
  </div>`);

// An input element removes line breaks, which any text can contain, so such a text gets a textarea.
function field(member, value) {
  return LONG.includes(member) || /[\r\n]/.test(value)
    ? html`<textarea id=${member} ?readonly=${!mayChange()} rows=${member === 'description' ? 4 : 2} .value=${value}></textarea>`
    : html`<input id=${member} ?readonly=${!mayChange()} inputmode=${TYPES[member] ?? 'text'} placeholder=${member === 'regDate' ? words().timeFormat : ''}
        autocomplete="off" aria-describedby=${member === 'regDate' ? 'zone' : nothing} .value=${value}>
      ${member === 'regDate' ? html`<p class="hint" id="zone">${words().timeZone(zone)}</p>` : nothing}`;
}

/** The members whose fields differ from the stored customer. The value of an emptied field is null. */
export function changed(stored) {
  return Object.fromEntries(MEMBERS
    .map(member => [member, document.getElementById(member).value])
    .filter(([member, value]) => value !== withLineFeeds(stored[member] ?? ''))
    .map(([member, value]) => [member, value || null]));
}

// Browsers turn each kind of line break in a textarea into a line feed.
const withLineFeeds = text => text.replace(/\r\n?/g, '\n');
