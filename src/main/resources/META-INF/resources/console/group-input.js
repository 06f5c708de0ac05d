// Inputs for the name of a group, for which groups are proposed while the user types. They share one list of proposals,
// because one input at a time has the focus.
import { html, live, nothing } from './lit.js';
import { path, search } from './api.js';
import { condition, toRequest } from './grammar.js';
import { update } from './ui.js';

const TYPING_PAUSE_MILLIS = 250;
const MAX_PROPOSALS = 10;

let names = [];
let timer;
let running;

/** The names of the first groups that contain a text. A failure gives none, because the user can type the whole name. */
export const groupsLike = (text, signal) =>
  search(path('customer_groups', 'data'), { limit: MAX_PROPOSALS }, toRequest({ conditions: [condition('name', 'contains', [text])] }), { signal, background: true })
    .then(({ items }) => items.map(({ name }) => name), () => []);

/** The proposals for inputs whose attribute "list" has its id. */
export const groupNames = () => html`<datalist id="group-names">${names.map(name => html`<option value=${name}></option>`)}</datalist>`;

function propose({ type, target }) {
  if (target.getAttribute?.('list') === 'group-names') {
    clearTimeout(timer);
    running?.abort();
    const { signal } = (running = new AbortController());
    timer = setTimeout(async () => {
      const found = await groupsLike(target.value, signal);
      names = signal.aborted ? names : found;
      update();
    }, type === 'input' ? TYPING_PAUSE_MILLIS : 0);
  }
}

['focusin', 'input'].forEach(type => addEventListener(type, propose));

export class GroupInput {
  value = '';

  constructor(id) {
    this.id = id;
  }

  template(label, { required = false, hint = nothing } = {}) {
    return html`
      <label for=${this.id}>${label}</label>
      <input id=${this.id} name=${this.id} list="group-names" autocomplete="off" spellcheck="false" ?required=${required}
        .value=${live(this.value)} @input=${event => (this.value = event.target.value)}>
      ${hint}`;
  }
}
