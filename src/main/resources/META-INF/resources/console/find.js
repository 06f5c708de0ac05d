// The search box of the header. It finds customers by any of their texts, and groups by their names, while the user types.
import { html, live, nothing } from './lit.js';
import { groupsLike } from './group-input.js';
import { words } from './i18n.js';
import { go, parse, revisit, toCustomers, toMembers } from './router.js';
import { update } from './ui.js';

const TYPING_PAUSE_MILLIS = 250;

let text = '';
let groups = [];
let timer;
let running;

/** Whether the user is in the box. Another place does not take the focus then. */
export const isFinding = () => document.activeElement?.id === 'find';

/** Shows the text of an address, and the groups that it finds. What the user is typing stays. */
export async function showFound({ place, params }) {
  const found = place === 'customers' ? params.get('find')?.trim() ?? '' : '';
  text = timer || text.trim() === found ? text : found;
  running?.abort();
  const { signal } = (running = new AbortController());
  const names = found ? await groupsLike(found, signal) : [];
  if (!signal.aborted) {
    groups = names;
    update();
  }
}

function typed({ target }) {
  text = target.value;
  clearTimeout(timer);
  timer = setTimeout(find, TYPING_PAUSE_MILLIS);
}

// Each text has no entry of its own in the history of the browser. The conditions of the list stay.
function find() {
  clearTimeout(timer);
  timer = null;
  const { place, params } = parse(location.hash);
  const { q, limit } = place === 'customers' ? Object.fromEntries(params) : {};
  const address = toCustomers({ ...(q && { q }), ...(limit && { limit }), ...(text && { find: text }) });
  if (place !== 'customers') {
    go(address);
  } else if (address !== location.hash) {
    history.replaceState(null, '', address);
    revisit();
  }
}

export const findBox = () => html`
  <form class="find" role="search" @submit=${event => { event.preventDefault(); find(); }}>
    <input id="find" type="search" aria-label=${words().find} placeholder=${words().find} autocomplete="off" spellcheck="false"
      .value=${live(text)} @input=${typed}>
  </form>`;

/** Links to the groups that the text finds. */
export const foundGroups = () => groups.length
  ? html`<p class="trail">${words().groups} ${groups.map(name => html`<a href=${toMembers(name)}><bdi class="name">${name}</bdi></a>`)}</p>`
  : nothing;
