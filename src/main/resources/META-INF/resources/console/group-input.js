import { html, live, nothing } from './lit.js';
import { path, search } from './api.js';
import { escapePattern } from './grammar.js';
import { update } from './ui.js';

const TYPING_PAUSE_MILLIS = 250;
const MAX_PROPOSALS = 10;

/** An input for the name of a group. It proposes groups whose names contain the typed text. */
export class GroupInput {
  value = '';
  #names = [];
  #timer;
  #running;

  constructor(id) {
    this.id = id;
  }

  template(label, { required = false, hint = nothing } = {}) {
    return html`
      <label for=${this.id}>${label}</label>
      <input id=${this.id} name=${this.id} list="${this.id}-names" autocomplete="off" spellcheck="false" ?required=${required}
        .value=${live(this.value)}
        @focus=${() => this.#propose()} @input=${event => this.#typed(event.target.value)}>
      <datalist id="${this.id}-names">${this.#names.map(name => html`<option value=${name}></option>`)}</datalist>
      ${hint}`;
  }

  #typed(value) {
    this.value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#propose(), TYPING_PAUSE_MILLIS);
  }

  // A failure is ignored, because the user can type the whole name.
  async #propose() {
    this.#running?.abort();
    this.#running = new AbortController();
    const request = { querys: [{ name: 'name', op: 'like', values: [`%${escapePattern(this.value)}%`] }] };
    try {
      const options = { signal: this.#running.signal, background: true };
      const { items } = await search(path('customer_groups', 'data'), { limit: MAX_PROPOSALS }, request, options);
      this.#names = items.map(({ name }) => name);
      update();
    } catch {
      this.#names = [];
    }
  }
}
