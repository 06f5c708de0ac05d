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
      const customer = { name, groupName };
      selected ? this.#selected.set(key(customer), customer) : this.#selected.delete(key(customer));
    }
    update();
  }

  /** The buttons for the selected customers. @param actions each with a label, a click handler and a kind */
  toolbar(...actions) {
    const disabled = !this.size;
    return forChanges(() => html`
      <div class="toolbar" role="group" aria-label=${words().selection}>
        <p role="status">${disabled ? words().nothingSelected : words().selected(this.size)}</p>
        ${actions.map(action => button({ ...action, disabled }))}
        ${button({ label: words().unselect, kind: 'quiet', disabled, click: () => this.set(this.entries, false) })}
      </div>`);
  }

  /** A cell with a checkbox that selects customers. */
  box(label, customers) {
    const selected = customers.filter(customer => this.#selected.has(key(customer))).length;
    return forChanges(() => html`<td><label class="tick"><input type="checkbox" aria-label=${label}
      .checked=${live(selected === customers.length)} .indeterminate=${live(selected > 0 && selected < customers.length)}
      @change=${event => this.set(customers, event.target.checked)}></label></td>`);
  }
}
