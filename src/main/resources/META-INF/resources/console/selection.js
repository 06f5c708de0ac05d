import { html, live } from './lit.js';
import { forChanges } from './caller.js';
import { words } from './i18n.js';
import { button, update } from './ui.js';

/** What identifies a customer, as a text. */
export const key = ({ name, groupName = null }) => JSON.stringify([name, groupName]);

/** The customers that the user has selected, on all pages of a list. */
export class Selection {
  #selected = new Map();

  get entries() {
    return [...this.#selected.values()];
  }

  get size() {
    return this.#selected.size;
  }

  set(customers, selected) {
    for (const { name, groupName } of customers) {
      if (selected) {
        this.#selected.set(key({ name, groupName }), { name, groupName });
      } else {
        this.#selected.delete(key({ name, groupName }));
      }
    }
    update();
  }

  clear() {
    this.#selected.clear();
    update();
  }

  /** The buttons for the selected customers. @param actions each with a label, a click handler and a kind */
  toolbar(...actions) {
    const disabled = !this.size;
    return forChanges(() => html`
      <div class="toolbar" role="group" aria-label=${words().selection}>
        <p role="status">${disabled ? words().nothingSelected : words().selected(this.size)}</p>
        ${actions.map(action => button({ ...action, disabled }))}
        ${button({ label: words().unselect, kind: 'quiet', disabled, click: () => this.clear() })}
      </div>`);
  }

  /** A cell with a checkbox that selects a customer. */
  box(customer) {
    return forChanges(() => html`<td><label class="tick"><input type="checkbox" aria-label=${words().select(customer.name)}
      .checked=${live(this.#selected.has(key(customer)))} @change=${event => this.set([customer], event.target.checked)}></label></td>`);
  }

  /** A cell with a checkbox that selects all customers of a page. */
  boxForAll(customers) {
    const selected = customers.filter(customer => this.#selected.has(key(customer))).length;
    return forChanges(() => html`<td><label class="tick"><input type="checkbox" aria-label=${words().selectPage}
      .checked=${live(selected === customers.length)} .indeterminate=${live(selected > 0 && selected < customers.length)}
      @change=${event => this.set(customers, event.target.checked)}></label></td>`);
  }
}
