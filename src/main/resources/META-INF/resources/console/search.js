import { search } from './api.js';
import { fromParam, toParam, toRequest } from './grammar.js';
import { DEFAULT_LIMIT, List } from './list.js';
import { queryBuilder } from './query-builder.js';
import { requestShown } from './request-shown.js';
import { go } from './router.js';

/** A list that is searched; the address holds the search and the page, so that reloading and going back work. */
export class Search {
  #where;
  #fields;
  #address;
  #params;
  #draft;
  #request;

  /**
   * @param where the path of the search
   * @param fields what can be searched and sorted by
   * @param address the address of the list with some parameters
   */
  constructor(where, fields, address) {
    this.#where = where;
    this.#fields = fields;
    this.#address = address;
    this.list = new List((page, options) => search(where, page, this.#request, options));
  }

  enter(params) {
    this.#params = params;
    this.#draft = fromParam(params.get('q'), this.#fields);
    this.#request = toRequest(this.#draft);
    this.list.load(params);
  }

  builder() {
    return queryBuilder(this.#draft, this.#fields, () => this.#find(toParam(this.#draft)), () => this.#find());
  }

  shown() {
    const { offset, limit } = this.list;
    return requestShown(this.#where, { offset, limit }, this.#request);
  }

  results(table, empty) {
    const q = this.#params.get('q');
    return this.list.template(table, page => go(this.#address({ ...(q && { q }), ...page })), empty);
  }

  // The address of the moment again is no change to the browser.
  #find(q) {
    const limit = this.#params.get('limit') ?? DEFAULT_LIMIT;
    const params = { ...(q && { q }), limit };
    if (this.#address(params) === location.hash) {
      this.list.reload();
    } else {
      go(this.#address(params));
    }
  }
}
