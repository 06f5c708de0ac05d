import { html } from './lit.js';
import { time, words } from './i18n.js';
import { button } from './ui.js';

const TIME = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?$/;

// The text stays in the form of the API and in the zone of the service. A picked time reaches it as if the user had typed it.
/** A text input for a time, with a button that opens the picker of the browser. */
export const withPicker = input => html`
  <span class="time">
    ${input} ${button({ label: '', icon: 'calendar', name: words().pickTime, kind: 'quiet', click: openPicker })}
    <input class="picker" type="datetime-local" step="1" tabindex="-1" aria-hidden="true" @input=${pick}>
  </span>`;

function openPicker({ currentTarget }) {
  const [text, picker] = currentTarget.parentElement.querySelectorAll('input');
  const [, date, timeOfDay = '00:00:00'] = TIME.exec(text.value) ?? [text, time(new Date()).slice(0, 10)];
  picker.value = `${date}T${timeOfDay}`;
  picker.showPicker();
}

// The browser leaves out seconds that are zero.
function pick({ target: { parentElement, value } }) {
  const text = parentElement.querySelector('input');
  text.value = value && value.replace('T', ' ').padEnd(19, ':00');
  text.dispatchEvent(new Event('input', { bubbles: true }));
}
