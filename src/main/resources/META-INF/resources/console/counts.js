import { path, read } from './api.js';
import { number } from './i18n.js';

/** Shows how many customers listed groups have. Each number is a call, made when its cell is in view, one by one. */
export class Counts {
  #calls = Promise.resolve();
  #observer = new IntersectionObserver(entries => entries.forEach(entry => entry.isIntersecting && this.#ask(entry.target)));

  /** Shows the number of a group in an empty cell. A list that is read again has new groups, and with them new numbers. */
  show(cell, group) {
    if (cell && cell.group !== group) {
      cell.group = group;
      this.#observer.observe(cell);
    }
  }

  // The observer reports a cell again only after it was not observed. The cell is filled without an update of the page,
  // which would take back what the user types meanwhile.
  #ask(cell) {
    this.#observer.unobserve(cell);
    this.#calls = this.#calls
      .then(() => cell.isConnected && read(path('customer_groups', cell.group.name, 'customers'), { limit: 1 }))
      .then(answer => answer && (cell.textContent = number(answer.total)))
      .catch(() => {}); // The list is of use without a number that the service refuses.
  }
}
