// When the session at a proxy has ended, the page is loaded again, so that the proxy signs the user in.
import { words } from './i18n.js';
import { go } from './router.js';

const STORAGE_KEY = 'kept';
const dialogOf = field => field.closest('dialog')?.querySelector('h2').textContent;

let kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY));

/** Loads the page again, and keeps the place and what was typed. Returns false right after that, because it did not help. */
export function renew() {
  if (!kept) {
    const typed = [...document.querySelectorAll(':is(.fields, dialog) :is(input, textarea)')]
      .filter(({ value, defaultValue }) => value !== defaultValue)
      .map(field => ({ id: field.id, value: field.value, dialog: dialogOf(field) }));
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ hash: location.hash, typed }));
    // The browser does not ask, because no edit is lost.
    addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
    location.reload();
  }
  return !kept;
}

/** Opens the place that was kept. A field gets its text when its view has loaded, or when the user opens its dialog again. */
export function restore() {
  if (kept) {
    let { hash, typed } = kept;
    kept = null;
    sessionStorage.removeItem(STORAGE_KEY);
    go(hash, () => words().signedInAgain);
    new MutationObserver(() => (typed = typed.filter(field => location.hash !== hash || !filled(field))))
      .observe(document.getElementById('console'), { childList: true, subtree: true });
  }
}

function filled({ id, value, dialog }) {
  const field = document.getElementById(id);
  const found = field && dialogOf(field) === dialog;
  if (found) {
    field.value = value;
    field.dispatchEvent(new Event('input'));
  }
  return found;
}
