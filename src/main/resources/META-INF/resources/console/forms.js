// What forms share: how they are submitted, what was typed, and their inputs.
import { html, live, nothing } from './lit.js';
import { mayChange } from './caller.js';
import { time, words } from './i18n.js';
import { markField } from './refusal.js';
import { announce, button, rendered, update } from './ui.js';

/** The form of a time in the API. */
export const TIME_FORMAT = 'yyyy-MM-dd HH:mm:ss';
const TIME = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?$/;

/** A labelled text input. */
export const textField = ({ id, label, value = '', required = false }) => html`
  <label for=${id}>${label}</label>
  <input id=${id} name=${id} .defaultValue=${value} ?required=${required} ?readonly=${!mayChange()} autocomplete="off" spellcheck="false">`;

/**
 * Submits a form, unless it is being submitted.
 * @param state gets busy, and the refusal of the service or null
 * @param send sends what the user typed, asynchronously
 */
export async function submitOnce(event, state, send) {
  event.preventDefault();
  if (state.busy || !mayHaveBlankEnd(event.target)) {
    return;
  }
  Object.assign(state, { busy: true, refusal: null });
  markField(null);
  announce('');
  await send().catch(refusal => (state.refusal = refusal));
  state.busy = false;
  update();
  await rendered();
  if (state.refusal) {
    markField(state.refusal);
  }
}

// Asks before a name gets a blank at an end.
function mayHaveBlankEnd(form) {
  const name = form.querySelector('#name');
  return !name || name.value === name.defaultValue || !hasBlankEnd(name.value) || !name.value.trim() || confirm(words().keepBlankEnd(name.value));
}

/** The button that submits a form. */
export const submitButton = (label, busy, kind = 'primary') => html`
  <button class=${kind} aria-disabled=${busy ? 'true' : nothing}>${busy ? words().working : label}</button>`;

// The texts that a page or dialog would lose. The filters of a list are in its address.
const TYPED = ':is(.fields:not(.filters), dialog[open]) :is(textarea, input:not([type=checkbox], [type=file], .picker))';

/** The inputs for texts that are sent. */
export const typed = () => [...document.querySelectorAll(TYPED)];

/** Those with a text that is not sent. */
export const edited = () => typed().filter(({ value, defaultValue }) => value !== withLineFeeds(defaultValue));

/** Asks before edits are lost. */
export const mayLeave = () => !edited().length || confirm(words().leave);

/** A text with each kind of line break as a line feed. Browsers do so in a textarea, and spreadsheets in a cell. */
export const withLineFeeds = text => text.replace(/\r\n?/g, '\n');

/** Whether a name has a blank at an end, which nobody sees. */
export const hasBlankEnd = text => /^\p{White_Space}|\p{White_Space}$/u.test(text);

/** A name without blanks at its ends. */
export const trimmed = text => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

/** The current value of an input. */
export const valueOf = id => document.getElementById(id).value;

/** The option elements of a select. @param choices pairs of value and label */
export const options = (choices, chosen) => choices.map(([value, label]) => html`
  <option value=${value} .selected=${live(String(value) === String(chosen))}>${label}</option>`);

/**
 * A text input for a time, with a button that opens the picker of the browser. The text stays in the form of the API and
 * in the zone of the service. A picked time reaches it as if the user had typed it.
 */
export const withPicker = (input, type = 'datetime-local') => html`
  <span class="time">
    ${input} ${button({ label: '', icon: 'calendar', name: words().pickTime, kind: 'quiet', click: openPicker })}
    <input class="picker" type=${type} step="1" tabindex="-1" aria-hidden="true" @input=${pick}>
  </span>`;

function openPicker({ currentTarget }) {
  const [text, picker] = currentTarget.parentElement.querySelectorAll('input');
  const [, date, timeOfDay = '00:00:00'] = TIME.exec(text.value) ?? [text, time(new Date()).slice(0, 10)];
  picker.value = picker.type === 'date' ? date : `${date}T${timeOfDay}`;
  picker.showPicker();
}

// The browser leaves out seconds that are zero.
function pick({ target: { parentElement, value } }) {
  const text = parentElement.querySelector('input');
  text.value = value.includes('T') ? value.replace('T', ' ').padEnd(19, ':00') : value;
  text.dispatchEvent(new Event('input', { bubbles: true }));
}
