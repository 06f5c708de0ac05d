import { html, live } from './lit.js';
import { words } from './i18n.js';
import { button, update } from './ui.js';

const key = ({ name, groupName = null }) => JSON.stringify([name, groupName]);

/** The customers that are ticked, on whichever page. */
export class Selection {
  #ticked = new Map();

  get entries() {
    return [...this.#ticked.values()];
  }

  get size() {
    return this.#ticked.size;
  }

  set(customers, ticked) {
    for (const { name, groupName } of customers) {
      if (ticked) {
        this.#ticked.set(key({ name, groupName }), { name, groupName });
      } else {
        this.#ticked.delete(key({ name, groupName }));
      }
    }
    update();
  }

  clear() {
    this.#ticked.clear();
    update();
  }

  /** What can be done with those that are ticked. @param actions pairs of label and click, the first one the most usual */
  toolbar(...actions) {
    const unless = !this.size;
    return html`
      <div class="toolbar" role="group" aria-label=${words().selection}>
        <p role="status">${unless ? words().nothingSelected : words().selected(this.size)}</p>
        ${actions.map(([label, click], index) => button({ label, click, unless, kind: index ? '' : 'primary' }))}
        ${button({ label: words().unselect, kind: 'quiet', unless, click: () => this.clear() })}
      </div>`;
  }

  /** A box to tick a customer. */
  box(customer) {
    return html`<label class="tick"><input type="checkbox" aria-label=${words().select(customer.name)}
      .checked=${live(this.#ticked.has(key(customer)))} @change=${event => this.set([customer], event.target.checked)}></label>`;
  }

  /** A box to tick all customers of a page. */
  boxForAll(customers) {
    const ticked = customers.filter(customer => this.#ticked.has(key(customer))).length;
    return html`<label class="tick"><input type="checkbox" aria-label=${words().selectPage}
      .checked=${live(ticked === customers.length)} .indeterminate=${live(ticked > 0 && ticked < customers.length)}
      @change=${event => this.set(customers, event.target.checked)}></label>`;
  }
}
