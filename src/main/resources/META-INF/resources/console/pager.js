import { html, live } from './lit.js';
import { number, words } from './i18n.js';
import { options } from './options.js';
import { button } from './ui.js';

const SIZES = [20, 50, 100, 200, 500, 1000];
// The largest offset that the API accepts.
const LAST_OFFSET = 2_147_483_647;

/** The text that says which items of the list are shown. */
export const rangeText = ({ offset, items, total }) =>
  words().range(number(offset + 1), number(offset + items.length), number(total));

/** The controls to page through a list. @param goTo opens another page, ({offset, limit}) */
export function pager({ offset, limit, total, items }, goTo) {
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
