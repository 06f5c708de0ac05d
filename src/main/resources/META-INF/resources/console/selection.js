import { html, live, nothing } from './lit.js';
import { forChanges } from './caller.js';
import { everyItem } from './exporting.js';
import { number, words } from './i18n.js';
import { announce, button, update } from './ui.js';

/** What identifies a customer, as a text. */
export const key = ({ name, groupName = null }) => JSON.stringify([name, groupName]);

/** The customers that the user has selected, on all pages of a list. */
export class Selection {
  #selected = new Map();
  #last = null; // the customer whose box was the last one to be clicked
  #reading = null;

  get entries() {
    return [...this.#selected.values()];
  }

  get size() {
    return this.#selected.size;
  }

  has(customer) {
    return this.#selected.has(key(customer));
  }

  set(customers, selected) {
    for (const { name, groupName } of customers) {
      const customer = { name, groupName };
      selected ? this.#selected.set(key(customer), customer) : this.#selected.delete(key(customer));
    }
    update();
  }

  clear() {
    this.#reading?.abort();
    this.#reading = null;
    this.set(this.entries, false);
  }

  // Clearing the selection ends it.
  async #selectFound(querys) {
    const { signal } = (this.#reading = new AbortController());
    try {
      for await (const [customers, total] of everyItem('customers', querys, signal)) {
        this.set(signal.aborted ? [] : customers, true);
        announce(() => words().progress(number(this.size), number(total)));
      }
      announce('');
    } catch ({ message }) {
      announce(signal.aborted ? '' : () => message);
    }
    this.#reading = this.#reading?.signal === signal ? null : this.#reading;
    update();
  }

  /**
   * The buttons for the selected customers, and one that selects all customers of the list.
   * @param found {total, querys}: how many customers the list has on all pages, and the search that finds them
   * @param actions each with a label, a click handler and a kind
   */
  toolbar({ total, querys }, ...actions) {
    const disabled = !this.size;
    return forChanges(() => html`
      <div class="toolbar" role="group" aria-label=${words().selection}>
        <p role="status">${disabled ? words().nothingSelected : words().selected(this.size)}</p>
        ${actions.map(action => button({ ...action, disabled }))}
        ${this.size < total && !this.#reading ? button({ label: words().selectFound(total), kind: 'quiet', click: () => this.#selectFound(querys) }) : nothing}
        ${button({ label: words().unselect, kind: 'quiet', disabled, click: () => this.clear() })}
      </div>`);
  }

  // With Shift, the customers from the last one to this one get the state of this one.
  #clicked(customers, page, { target, shiftKey }) {
    const [from, to] = [this.#last, customers[0]].map(customer => page.indexOf(customer));
    const between = shiftKey && from >= 0 && to >= 0 ? page.slice(Math.min(from, to), Math.max(from, to) + 1) : customers;
    [this.#last] = customers;
    this.set(between, target.checked);
  }

  /** A cell with a checkbox that selects customers. @param page the customers in the order of the list, for a click with Shift */
  box(label, customers, page = []) {
    const selected = customers.filter(customer => this.has(customer)).length;
    return forChanges(() => html`<td><label class="tick"><input type="checkbox" aria-label=${label}
      .checked=${live(selected === customers.length)} .indeterminate=${live(selected > 0 && selected < customers.length)}
      @click=${event => this.#clicked(customers, page, event)}></label></td>`);
  }
}
