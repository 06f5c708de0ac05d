import { html, nothing, repeat } from './lit.js';
import { read } from './api.js';
import { mayChange } from './caller.js';
import { MEMBERS } from './customer-fields.js';
import { day, time, words } from './i18n.js';
import { toChanges } from './router.js';
import { button, failure, rendered, rescueFocus, update } from './ui.js';
import { zone } from './zone.js';

const HISTORY = '/backoffice/history';
const PAGE = 50;
const BUSY = 5001;
const MAX_GROUPS = 3;

let recorded = null;

/** Whether the service records changes, as far as the console knows. */
export const isRecorded = () => recorded === true;

/** Asks once. After a failure that does not tell, the history is offered, and the user sees the failure there. */
export async function askWhetherRecorded() {
  // The service has no history while it records no changes (1003). A proxy may not pass the path on (404).
  recorded ??= read(HISTORY, { limit: 1 }).then(() => true, ({ status }) => ![1003, 404].includes(status));
  recorded = await recorded;
  update();
}

/** The recorded changes that a filter selects, the newest first. The changes of one call are one entry. */
export class ChangeList {
  #shown = { changes: [], busy: true };
  #query;
  #running;

  /** Loads the newest changes, or those after the last one of the list. @param query the parameters of the API */
  async load(query = this.#query, last = null) {
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    const kept = last ? this.#shown.changes : [];
    this.#query = query;
    Object.assign(this.#shown, { busy: true, error: '' });
    update();
    const page = await readPage({ ...query, ...(last && { before: last.id }) }, signal)
      .catch(failure => ({ changes: [], error: reason(failure), again: () => this.load(query, last).then(rescueFocus) }));
    if (!signal.aborted) {
      Object.assign(this.#shown, { busy: false, ...page, changes: [...kept, ...page.changes] });
      update();
      await rendered();
      document.querySelectorAll('.changes > li')[last ? callsOf(kept).size : NaN]?.focus();
    }
  }

  /** @param undo called with changes that the user wants to undo; null where the list undoes nothing */
  template(undo = null) {
    const { changes, more, busy, error, again } = this.#shown;
    const range = busy ? words().loading : changes.length ? words()[more ? 'newest' : 'changes'](changes.length) : words().noChanges;
    return html`
      <p class="range" role="status">${error ? nothing : range}</p>
      ${repeat(Map.groupBy(changes, event => event.day), ([key]) => key, ([, ofDay]) => html`
        <h2>${day(new Date(ofDay[0].time))}</h2>
        <ol class="changes" role="list">${repeat(callsOf(ofDay), ([call]) => call, ([, ofCall]) => entry(ofCall, undo))}</ol>`)}
      ${error ? failure(error, again)
        : more ? button({ label: words().more, disabled: busy, click: () => this.load(this.#query, changes.at(-1)) })
        : nothing}`;
  }
}

// Among millions of changes, the service can find too few in its time.
const reason = ({ status, message }) => (status === BUSY ? `${message} ${words().fewerDays}` : message);

/** The recorded changes of a group or customer. They are loaded when the user opens them. @param filter {group, customer} */
export function historyOf(filter) {
  let list = null;

  // Only the template opens and closes the element, so the element of another view never stays open.
  function toggle(event) {
    event.preventDefault();
    list = list ? null : new ChangeList();
    list?.load(filter);
    update();
  }

  return {
    /** Loads the newest changes again, if they are open. */
    refresh: () => list?.load(),
    template: () => isRecorded() ? html`
      <details class="panel" ?open=${list !== null}>
        <summary @click=${toggle}><h2>${words().history}</h2></summary>
        ${list?.template() ?? nothing}
      </details>
      <p><a href=${toChanges(filter)}>${mayChange() ? words().toChanges : words().filterChanges}</a></p>` : nothing,
  };
}

// SQL by hand has no correlation id, so each of its changes is alone.
const callOf = event => (event.who.correlationId ? JSON.stringify([event.day, event.who]) : event.id);
const callsOf = changes => Map.groupBy(changes, callOf);

// Reads a page, and on until its last call is there as a whole. The next page begins with the call after it.
async function readPage(query, signal) {
  const page = await read(HISTORY, { ...query, limit: PAGE + 1 }, { signal });
  const items = page.items.map(event => ({ ...event, day: time(new Date(event.time)).slice(0, 10) }));
  if (items.length <= PAGE) {
    return { changes: items, more: false };
  }
  const last = items.at(-1);
  const whole = items.findLastIndex(event => callOf(event) !== callOf(last)) + 1;
  const rest = whole ? { changes: [], more: true } : await readPage({ ...query, before: last.id }, signal);
  return { ...rest, changes: [...items.slice(0, whole || items.length), ...rest.changes] };
}

const entry = (changes, undo) => html`
  <li tabindex="-1">
    ${changes.length === 1 ? shown(changes[0]) : html`
      <details>
        <summary>${titleOf(changes)} · ${words().changes(changes.length)}</summary>
        <ol role="list">${changes.map(change => html`<li>${shown(change)} ${undoButton([change], undo)}</li>`)}</ol>
      </details>`}
    <p class="hint"><time datetime=${changes[0].time}>${time(new Date(changes[0].time))}</time> ${zone} · ${origin(changes[0])}</p>
    ${undoButton(changes, undo)}
  </li>`;

// The kinds of some changes. A move names its groups.
const titleOf = changes => [...Map.groupBy(changes, ({ type }) => type)].map(([type, same]) =>
  kind(type) + (type === 'customer.moved' ? `: ${groupsOf(same, 'before')} → ${groupsOf(same, 'after')}` : '')).join(', ');

function groupsOf(changes, state) {
  const names = [...new Set(changes.map(change => change[state].groupName ?? words().none))];
  return names.slice(0, MAX_GROUPS).join(', ') + (names.length > MAX_GROUPS ? ' …' : '');
}

/** The name of a type of changes, such as "Customer moved". */
export const kind = type => words().kinds[type.split('.')[1]](words()[type.split('.')[0]]);

const undoButton = (changes, undo) => undo
  ? html`<div>${button({ label: words().undo, name: undoOf(changes), click: () => undo(changes) })}</div>`
  : nothing;

/** The name of an undo. */
export const undoOf = changes => words().labelled(
  words().undo, changes.length === 1 ? `“${(changes[0].before ?? changes[0].after).name}”` : words().changes(changes.length));

const shown = event => html`
  <p>${sentence(event)}</p>
  ${['customer.changed', 'customer.renamed'].includes(event.type) ? differences(event.before, event.after, MEMBERS) : nothing}`;

const sentence = ({ type, before, after }) =>
  words().events[type](quoted(after ?? before), quoted(before ?? after));

const quoted = ({ name, groupName }) => ({ name: quote(name), group: groupName && quote(groupName) });

export const quote = text => html`“<bdi class="name">${text}</bdi>”`;

/** The members with other values. */
export const differences = (from, to, members) => html`
  <ul class="names">${members.filter(member => from[member] !== to[member]).map(member => html`
    <li><span class="member">${words().fields[member]}</span> ${value(from[member])} → ${value(to[member])}</li>`)}
  </ul>`;

const value = text => text ? quote(text) : words().none;

const origin = ({ who: { bitkey, call, correlationId } }) => bitkey
  ? words().byKey(quote(bitkey), call, html`<bdi>${correlationId}</bdi>`)
  : words().byCommand(call);
