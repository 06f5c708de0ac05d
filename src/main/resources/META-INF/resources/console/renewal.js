// When a session has ended, the place and the typed texts stay. For a session at a proxy, the page is loaded again, so that
// the proxy signs the user in.
import { vendor } from './caller.js';
import { edited, typed } from './forms.js';
import { words } from './i18n.js';
import { go } from './router.js';

const STORAGE_KEY = 'kept';
// Dialogs share ids of fields, and not their headings.
const nameOf = field => `${field.id} ${field.form.querySelector('h2')?.textContent}`;

let renewed = STORAGE_KEY in sessionStorage;

function keep() {
  const texts = Object.fromEntries(edited().map(field => [nameOf(field), field.value]));
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ vendor: vendor(), hash: location.hash, texts }));
}

/** Keeps what was typed until the next sign-in. */
export const keepTyped = () => edited().length && keep();

/** Loads the page again, and keeps the place and what was typed. Returns false right after that, because it did not help. */
export function renew() {
  if (!renewed) {
    keep();
    // The browser does not ask, because no edit is lost.
    addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
    location.reload();
  }
  return !renewed;
}

/** Opens the place that was kept for this vendor. A field gets its text when its view has loaded, or when the user opens its dialog again. */
export function restore() {
  const kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
  renewed = false;
  sessionStorage.removeItem(STORAGE_KEY);
  if (kept && kept.vendor === vendor()) {
    const { hash, texts } = kept;
    go(hash, () => words().signedInAgain);
    const fill = () => location.hash === hash && typed().filter(field => nameOf(field) in texts).forEach(field => {
      field.value = texts[nameOf(field)];
      delete texts[nameOf(field)];
      field.dispatchEvent(new Event('input'));
    });
    new MutationObserver(fill).observe(document.body, { childList: true, subtree: true, attributeFilter: ['open'] });
  }
}
