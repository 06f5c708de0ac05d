import { html, nothing } from './lit.js';
import { mayChange } from './caller.js';
import { TIME_FORMAT, withLineFeeds, withPicker } from './forms.js';
import { words } from './i18n.js';
import { inField } from './refusal.js';
import { zone } from './zone.js';

/** The members of a customer besides name and group, in the order of the API. */
export const MEMBERS = [
  'description', 'regDate', 'officeNumber', 'mobileNumber', 'email', 'address', 'city', 'country', 'postcode', 'contact', 'referenceId',
];

/** All members of a customer, in the order of the API. */
export const COLUMNS = ['name', 'groupName', ...MEMBERS];

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
  if (LONG.includes(member) || /[\r\n]/.test(value)) {
    return html`<textarea id=${member} ?readonly=${!mayChange()} rows=${member === 'description' ? 4 : 2}
      .defaultValue=${value} .value=${value}></textarea>`;
  }
  const isTime = member === 'regDate';
  const input = html`<input id=${member} ?readonly=${!mayChange()} inputmode=${TYPES[member] ?? 'text'} placeholder=${isTime ? TIME_FORMAT : ''}
    autocomplete="off" aria-describedby=${isTime ? 'zone' : nothing} .defaultValue=${value} .value=${value}>`;
  return isTime ? html`${mayChange() ? withPicker(input) : input} <p class="hint" id="zone">${words().timeZone(zone)}</p>` : input;
}

/** The members whose fields differ from the stored customer. The value of an emptied field is null. */
export function changed(stored) {
  return Object.fromEntries(MEMBERS
    .map(member => [member, document.getElementById(member).value])
    .filter(([member, value]) => value !== withLineFeeds(stored[member] ?? ''))
    .map(([member, value]) => [member, value || null]));
}

// What the service accepts of a member, as far as a pattern can tell, and the message for the rest.
const RULES = {
  name: [/^(?!\p{White_Space}*$|\.\.?$)[^\0-\x1f\x7f]{1,255}$/u, 'nameRule'],
  groupName: [/^(?!\p{White_Space}+$|\.\.?$)[^\0-\x1f\x7f]{0,255}$/u, 'nameRule'],
  regDate: [/^(\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?)?$/, 'timeRule'],
  description: [/^.{0,2000}$/su, 'textRule'],
};

/** Why the service refuses a text of a member; empty for none that the console knows. */
export function fault(member, text) {
  const [accepted, reason] = RULES[member] ?? [/^.{0,255}$/su, 'textRule'];
  return accepted.test(text) ? '' : inField(member, words()[reason]);
}

// Excel shows times in the form of its language: 2026/1/5 8:30, 2026-1-5, 2026年1月5日.
const SHEET_TIME = /^(\d{4})[-/.年](\d\d?)[-/.月](\d\d?)日?(?:[T\s]+(\d\d?):(\d\d)(?::(\d\d))?)?$/;

/** A time of a spreadsheet in the form of the API; a text that is no time as it is. */
export function asTime(text) {
  const [, year, ...others] = SHEET_TIME.exec(text.trim()) ?? [];
  const [month, day, ...time] = others.map((part = '') => part.padStart(2, '0'));
  return year ? `${year}-${month}-${day} ${time.join(':')}` : text;
}
