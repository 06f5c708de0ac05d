import { html, nothing } from './lit.js';
import { words } from './i18n.js';
import { button, rescueFocus, symbol, update } from './ui.js';
import { rangeText, pager } from './pager.js';

export const DEFAULT_LIMIT = 50;

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
    const running = (this.#running = new AbortController());
    this.busy = true;
    update();
    try {
      Object.assign(this, await this.#page(running.signal), { error: '' });
    } catch (failure) {
      if (this.#running === running) {
        Object.assign(this, { items: [], total: 0, error: failure.message });
      }
    }
    if (this.#running === running) {
      this.busy = false;
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
    if (this.error) {
      return html`<div class="panel error" role="alert"><p>${this.error}</p>
        ${button({ label: words().again, icon: 'refresh', click: () => this.reload() })}</div>`;
    }
    return html`
      <div class="results" aria-busy=${this.busy ? 'true' : 'false'}>
        <p class="range" role="status">${this.busy ? words().loading : this.total ? rangeText(this) : none}</p>
        ${this.items.length ? table() : this.busy ? nothing : html`<p class="panel empty">${symbol('users-group')} ${advice}</p>`}
      </div>
      ${this.total ? pager(this, goTo) : nothing}`;
  }
}

function natural(text, fallback) {
  return /^\d+$/.test(text ?? '') ? Number(text) : fallback;
}
