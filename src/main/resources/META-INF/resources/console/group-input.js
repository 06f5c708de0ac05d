import { html, live, nothing } from './lit.js';
import { path, search } from './api.js';
import { literally } from './grammar.js';
import { update } from './ui.js';

const PAUSE_IN_TYPING = 250;
const MOST = 10;

/** An input for the name of a group, which proposes those that contain what is typed; at first, those in front. */
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
      <input id=${this.id} list="${this.id}-names" autocomplete="off" spellcheck="false" ?required=${required}
        .value=${live(this.value)} 
        @focus=${() => this.#propose()} @input=${event => this.#typed(event.target.value)}>
      <datalist id="${this.id}-names">${this.#names.map(name => html`<option value=${name}></option>`)}</datalist>
      ${hint}`;
  }

  #typed(value) {
    this.value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#propose(), PAUSE_IN_TYPING);
  }

  // Proposals that do not come are not missed: the name can be typed.
  async #propose() {
    this.#running?.abort();
    this.#running = new AbortController();
    const request = { querys: [{ name: 'name', op: 'like', values: [`%${literally(this.value)}%`] }] };
    try {
      const { items } = await search(path('customer_groups', 'data'), { limit: MOST }, request, { signal: this.#running.signal });
      this.#names = items.map(({ name }) => name);
      update();
    } catch {
      this.#names = [];
    }
  }
}
