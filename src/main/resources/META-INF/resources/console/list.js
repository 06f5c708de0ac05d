import { html, live, nothing } from './lit.js';
import { options } from './forms.js';
import { number, words } from './i18n.js';
import { button, failure, rescueFocus, symbol, update } from './ui.js';

export const DEFAULT_LIMIT = 50;
const SIZES = [20, 50, 100, 200, 500, 1000];
// The largest offset that the API accepts.
const LAST_OFFSET = 2_147_483_647;

/** A page of a list, with its state and the controls to reach the other pages. */
export class List {
  items = [];
  total = 0;
  offset = 0;
  limit = DEFAULT_LIMIT;
  busy = true;
  error = '';
  #fetch;
  #running;

  /** @param fetch reads a page: ({offset, limit}, {signal}) → {items, total} */
  constructor(fetch) {
    this.#fetch = fetch;
  }

  /** Loads the page that the parameters of an address name. A later load cancels an earlier one. */
  async load(params) {
    this.offset = natural(params.get('offset'), 0);
    this.limit = natural(params.get('limit'), DEFAULT_LIMIT);
    await this.reload();
  }

  async reload() {
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    this.busy = true;
    update();
    const page = await this.#page(signal).catch(({ message }) => ({ items: [], total: 0, error: message }));
    if (!signal.aborted) {
      Object.assign(this, { error: '', ...page, busy: false });
      update();
      rescueFocus();
    }
  }

  // If the rows of this page have been deleted, it reads the page that is the last one now.
  async #page(signal) {
    const page = ({ offset, limit }) => this.#fetch({ offset, limit }, { signal });
    const { items, total } = await page(this);
    if (items.length || !total) {
      return { items, total };
    }
    const offset = Math.floor((total - 1) / this.limit) * this.limit;
    return { ...(await page({ offset, limit: this.limit })), offset };
  }

  /**
   * @param table renders the rows as a table
   * @param goTo opens another page, ({offset, limit})
   * @param none the text of an empty list
   * @param advice what the user can do then
   */
  template(table, goTo, none, advice) {
    return this.error ? failure(this.error, () => this.reload()) : html`
      <div class="results" aria-busy=${this.busy ? 'true' : 'false'}>
        <p class="range" role="status">${this.busy ? words().loading : this.total ? range(this) : none}</p>
        ${this.items.length ? table() : this.busy ? nothing : html`<p class="panel empty">${symbol('users-group')} ${advice}</p>`}
      </div>
      ${this.total ? pager(this, goTo) : nothing}`;
  }
}

const natural = (text, fallback) => (/^\d+$/.test(text ?? '') ? Number(text) : fallback);

const range = ({ offset, items, total }) => words().range(number(offset + 1), number(offset + items.length), number(total));

// The controls to page through a list.
function pager({ offset, limit, total, items }, goTo) {
  const w = words();
  const page = Math.floor(offset / limit) + 1;
  const pages = Math.max(1, Math.ceil(Math.min(total, LAST_OFFSET + 1) / limit));
  const goToPage = target => goTo({ offset: (Math.min(Math.max(target, 1), pages) - 1) * limit, limit });
  const step = (label, sign, target, disabled) =>
    button({ label: sign, name: label, kind: 'step', disabled, click: () => goToPage(target) });
  const atStart = offset === 0;
  const atEnd = offset + items.length >= total;
  return html`
    <nav class="pager" aria-label=${w.pages}>
      ${step(w.first, '«', 1, atStart)} ${step(w.previous, '‹', page - 1, atStart)}
      ${step(w.next, '›', page + 1, atEnd)} ${step(w.last, '»', pages, atEnd)}
      <form @submit=${event => { event.preventDefault(); goToPage(Number(event.target.elements.page.value)); }}>
        <label for="page">${w.page}</label>
        <input id="page" type="number" inputmode="numeric" min="1" max=${pages} required .value=${live(String(page))}>
        <span>${w.ofPages(number(pages))}</span>
        <button>${w.go}</button>
      </form>
      <span class="limit">
        <label for="limit">${w.perPage}</label>
        <select id="limit" @change=${event => goTo({ offset: 0, limit: Number(event.target.value) })}>
          ${options([...new Set([...SIZES, limit])].sort((a, b) => a - b).map(size => [size, number(size)]), limit)}
        </select>
      </span>
    </nav>`;
}
