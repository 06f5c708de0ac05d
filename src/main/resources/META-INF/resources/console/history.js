import { html, nothing, repeat } from './lit.js';
import { read } from './api.js';
import { MEMBERS } from './customer-fields.js';
import { time, words } from './i18n.js';
import { button, rendered, rescueFocus, update } from './ui.js';
import { zone } from './zone.js';

const HISTORY = '/backoffice/history';
const PAGE = 20;
// The service has no history while it records no changes. A proxy may not pass the path on.
const OFF = [1003, 404];

let recording;

// It is asked once. After a failure that does not tell, the history is offered, and the user sees the failure there.
const isRecording = () => (recording ??= read(HISTORY, { limit: 1 }).then(() => true, ({ status }) => !OFF.includes(status)));

/** The recorded changes of a group or customer. They are loaded when the user opens them. @param filter {group, customer} */
export function historyOf(filter) {
  let offered = false;
  let open = false;
  let busy = false;
  let events = [];
  let more = false;
  let failed = null;
  let running;

  async function enter() {
    offered = await isRecording();
    update();
  }

  // Only the template opens and closes the element, so the element of another view never stays open.
  function toggle(event) {
    event.preventDefault();
    open = !open;
    events = [];
    more = false;
    update();
    refresh();
  }

  const refresh = () => open && load();

  // Loads the newest events, or those before the last one that is shown. One more than a page tells whether there are more.
  async function load(last) {
    running?.abort();
    const current = (running = new AbortController());
    busy = true;
    failed = null;
    update();
    const query = { ...filter, limit: PAGE + 1, ...(last && { before: last.id }) };
    const answer = await read(HISTORY, query, { signal: current.signal }).catch(failure => ({ failure }));
    if (running === current) {
      busy = false;
      (answer.failure ? refused : loaded)(answer, last);
      update();
    }
  }

  function loaded({ items }, last) {
    const kept = last ? events : [];
    events = [...kept, ...items.slice(0, PAGE)];
    more = items.length > PAGE;
    if (last) {
      focusEntry(kept.length);
    }
  }

  function refused({ failure }, last) {
    failed = { message: failure.message, again: () => load(last).then(rescueFocus) };
    if (OFF.includes(failure.status)) {
      recording = Promise.resolve(false);
      offered = false;
      rescueFocus();
    }
  }

  const status = () => busy ? words().loading : events.length ? words().changes(events.length) : words().noChanges;

  const next = () => more ? button({ label: words().more, disabled: busy, click: () => load(events.at(-1)) }) : nothing;

  const content = () => html`
    <p class="range" role="status">${failed ? nothing : status()}</p>
    <ol class="changes" role="list">${repeat(events, ({ id }) => id, entry)}</ol>
    ${failed
      ? html`<div class="panel error" role="alert"><p>${failed.message}</p>${button({ label: words().again, click: failed.again })}</div>`
      : next()}`;

  return {
    enter,
    /** Loads the newest events again, if they are open. */
    refresh,
    template: () => offered ? html`
      <details class="panel" ?open=${open}>
        <summary @click=${toggle}><h2>${words().history}</h2></summary>
        ${open ? content() : nothing}
      </details>` : nothing,
  };
}

async function focusEntry(index) {
  await rendered();
  document.querySelectorAll('.changes > li')[index]?.focus();
}

const entry = event => html`
  <li tabindex="-1">
    <p>${sentence(event)}</p>
    ${event.type.endsWith('.changed') ? differences(event) : nothing}
    <p class="hint">${moment(new Date(event.time))} · ${origin(event)}</p>
  </li>`;

const sentence = ({ type, before, after }) =>
  words().events[type](quoted(after ?? before), quoted(before ?? after));

const quoted = ({ name, groupName }) => ({ name: quote(name), group: groupName && quote(groupName) });

export const quote = text => html`“<bdi class="name">${text}</bdi>”`;

/** The members of a customer that differ, with the values before and after. */
export const differences = ({ before, after }) => html`
  <ul class="names">${MEMBERS.filter(member => before[member] !== after[member]).map(member => html`
    <li><span class="member">${words().fields[member]}</span> ${value(before[member])} → ${value(after[member])}</li>`)}
  </ul>`;

const value = text => text ? quote(text) : words().none;

const moment = date => html`<time datetime=${date.toISOString()}>${time(date)}</time> ${zone}`;

const origin = ({ who: { bitkey, call, correlationId } }) => bitkey
  ? html`${words().byKey(quote(bitkey))} · ${call} · ${words().correlationId} <bdi>${correlationId}</bdi>`
  : html`${words().command} ${call}`;
