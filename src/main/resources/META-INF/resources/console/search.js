import { html, nothing } from './lit.js';
import { search } from './api.js';
import { fromParam, toParam, toRequest } from './grammar.js';
import { words } from './i18n.js';
import { DEFAULT_LIMIT, List } from './list.js';
import { queryBuilder } from './query-builder.js';
import { requestShown } from './request-shown.js';
import { go } from './router.js';
import { button, update } from './ui.js';

const narrow = matchMedia('(max-width: 64rem)'); // The form is closed there, because it would take the place of the first rows.
narrow.addEventListener('change', update);

/** A list with a search form. The address holds the search and the page, so that reload and the back button work. */
export class Search {
  #apiPath;
  #fields;
  #address;
  #params;
  #draft;
  #sort;
  /** The request body of the search whose results are shown. */
  request;

  /**
   * @param apiPath the API path of the search
   * @param fields the fields to search and to sort by
   * @param address returns the address of the list for parameters
   */
  constructor(apiPath, fields, address) {
    this.#apiPath = apiPath;
    this.#fields = fields;
    this.#address = address;
    this.list = new List((page, options) => search(apiPath, page, this.request, options));
  }

  enter(params) {
    this.#params = params;
    this.#draft = fromParam(params.get('q'), this.#fields);
    this.request = toRequest(this.#draft);
    [this.#sort] = this.#draft.sorts;
    this.list.load(params);
  }

  builder() {
    const { querys, sorts } = this.request;
    return html`
      <details class="panel search" ?open=${!narrow.matches}>
        <summary>${words().searchForm(querys.length + sorts.length)}</summary>
        ${queryBuilder(this.#draft, this.#fields, () => this.#find(toParam(this.#draft)), () => this.#find())}
      </details>`;
  }

  shown() {
    const { offset, limit } = this.list;
    return requestShown(this.#apiPath, { offset, limit }, this.request);
  }

  /** @param none the text of an empty list @param advice what the user can do about it without a search */
  results(table, none, advice) {
    const q = this.#params.get('q');
    return this.list.template(table, page => go(this.#address({ ...(q && { q }), ...page })), none, this.request.querys.length ? words().changeSearch : advice);
  }

  /** The header of a column. Where the service sorts by its field, a click does so, and another click turns the order. */
  header(field, label, hint = nothing) {
    const order = this.#sort?.name === field ? this.#sort.order : null;
    const click = () => {
      this.#draft.sorts = [{ name: field, order: order === 'asc' ? 'desc' : 'asc' }];
      this.#find(toParam(this.#draft));
    };
    return html`
      <th scope="col" aria-sort=${order ? `${order}ending` : nothing}>
        ${this.#fields.sort.includes(field) ? button({ label, kind: 'sort', click }) : label} ${hint}
      </th>`;
  }

  // The browser reports no change when the address stays the same, so the list is reloaded directly.
  #find(q) {
    document.querySelector('details.search').open = !narrow.matches;
    const limit = this.#params.get('limit') ?? DEFAULT_LIMIT;
    const params = { ...(q && { q }), limit };
    if (this.#address(params) === location.hash) {
      this.list.reload();
    } else {
      go(this.#address(params));
    }
  }
}
