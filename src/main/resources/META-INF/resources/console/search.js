import { html, nothing } from './lit.js';
import { search } from './api.js';
import { condition, fromParam, toParam, toRequest } from './grammar.js';
import { words } from './i18n.js';
import { DEFAULT_LIMIT, List } from './list.js';
import { queryBuilder } from './query-builder.js';
import { requestShown } from './request-shown.js';
import { go } from './router.js';
import { button, update } from './ui.js';

// The form is closed there, because it would take the place of the first rows.
const narrow = matchMedia('(max-width: 64rem)');
narrow.addEventListener('change', update);

// Each word must be in one of the texts.
const wordsOf = text => text.split(/\s+/).filter(Boolean).map(word => condition('any', 'contains', [word]));

/**
 * A list with a search form. The address holds the search and the page, so that reload and the back button work.
 * @param apiPath the API path of the search
 * @param fields the fields to search and to sort by
 * @param address returns the address of the list for parameters
 */
export function searchOf(apiPath, fields, address) {
  const list = new List((page, options) => search(apiPath, page, request, options));
  let params;
  let draft;
  let sort;
  let request;
  let count;

  // The browser reports no change when the address stays the same, so the list is reloaded directly.
  function find(q) {
    document.querySelector('details.search').open = !narrow.matches;
    const found = params.get('find');
    const target = address({ ...(q && { q, ...(found && { find: found }) }), limit: params.get('limit') ?? DEFAULT_LIMIT });
    return target === location.hash ? list.reload() : go(target);
  }

  function findDraft(event) {
    event?.preventDefault();
    find(toParam(draft));
  }

  return {
    list,
    /** The conditions of the search whose results are shown. */
    querys: () => request?.querys,

    enter(entered) {
      params = entered;
      draft = fromParam(params.get('q'), fields);
      const conditions = [...wordsOf(params.get('find') ?? ''), ...draft.conditions];
      request = toRequest({ ...draft, conditions });
      count = toRequest(draft).querys.length + draft.sorts.length;
      [sort] = draft.sorts;
      list.load(params);
    },

    builder: () => html`
      <details class="panel search" ?open=${!narrow.matches}>
        <summary>${words().searchForm(count)}</summary>
        ${queryBuilder(draft, fields, findDraft, () => find())}
      </details>`,

    shown: () => requestShown(apiPath, { offset: list.offset, limit: list.limit }, request),

    /** @param none the text of an empty list @param advice what the user can do about it without a search */
    results(table, none, advice) {
      const goTo = page => go(address({ ...Object.fromEntries(params), ...page }));
      return list.template(table, goTo, none, request.querys.length ? words().changeSearch : advice);
    },

    /** The header of a column. Where the service sorts by its field, a click does so, and another click turns the order. */
    header(field, label, hint = nothing) {
      const order = sort?.name === field ? sort.order : null;
      const click = () => {
        draft.sorts = [{ name: field, order: order === 'asc' ? 'desc' : 'asc' }];
        findDraft();
      };
      return html`
        <th scope="col" aria-sort=${order ? `${order}ending` : nothing}>
          ${fields.sort.includes(field) ? button({ label, kind: 'sort', click }) : label} ${hint}
        </th>`;
    },
  };
}
