import { html, live } from './lit.js';
import { mayChange } from './caller.js';
import { options } from './forms.js';
import { GroupInput } from './group-input.js';
import { ChangeList, kind } from './history.js';
import { words } from './i18n.js';
import { go, toChanges } from './router.js';
import { undo } from './undoing.js';

/** The view of all recorded changes: the user filters and undoes them. The address holds the filter. */
export function changes() {
  const list = new ChangeList();
  const group = new GroupInput('group');
  let draft = {};

  function enter(params) {
    draft = Object.fromEntries(params);
    group.value = draft.group ?? '';
    list.load({ ...draft, ...(draft.until && { until: dayAfter(draft.until) }) });
  }

  // The browser reports no change when the address stays the same, so the list is loaded directly.
  function find(event, filter) {
    event.preventDefault();
    return toChanges(filter) === location.hash ? enter(new URLSearchParams(filter)) : go(toChanges(filter));
  }

  const input = (id, label, type) => html`
    <div class="field"><label for=${id}>${label}</label>
      <input id=${id} name=${id} type=${type} autocomplete="off" spellcheck="false" .value=${live(draft[id] ?? '')}>
    </div>`;

  return {
    title: () => words().recorded,
    enter,
    template: () => html`
      <h1 tabindex="-1">${words().recorded}</h1>
      <form class="panel fields filters" role="search" aria-label=${words().search}
        @input=${({ target }) => (draft[target.name] = target.value)}
        @submit=${event => find(event, Object.entries(draft).filter(([, value]) => value))} @reset=${event => find(event, [])}>
        <div class="field">${group.template(words().group)}</div>
        ${input('customer', words().customer, 'text')} ${input('who', words().person, 'text')}
        <div class="field"><label for="type">${words().kind}</label>
          <select id="type" name="type">${options([['', words().all], ...Object.keys(words().events).map(type => [type, kind(type)])], draft.type ?? '')}</select>
        </div>
        ${input('since', words().since, 'date')} ${input('until', words().until, 'date')}
        <div class="actions"><button class="primary">${words().search}</button> <button type="reset">${words().reset}</button></div>
      </form>
      <section class="panel">${list.template(mayChange() ? changes => undo(changes, true) : null)}</section>`,
  };
}

// The user names the last day, and the API takes the end. A text that is no day selects nothing.
const dayAfter = day => new Date(Date.parse(`${day}T24:00Z`) || 0).toISOString().slice(0, 10);
