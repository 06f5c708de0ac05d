// What all views share: one render for any number of changes, what is told to everybody, and where the focus is.
import { html, nothing, render } from './lit.js';
import { words } from './i18n.js';

let template = () => nothing;
let planned = false;
let notice = '';
let fading;

const NOTICE_MILLIS = 12_000;

/** @param page makes the whole page anew whenever something changed */
export function show(page) {
  template = page;
  update();
}

export function update() {
  if (!planned) {
    planned = true;
    queueMicrotask(() => {
      planned = false;
      render(template(), document.getElementById('console'));
    });
  }
}

/** Resolves when the page shows all changes. */
export const shown = () => new Promise(resolve => queueMicrotask(() => setTimeout(resolve)));

/** Tells the outcome of something, to eyes and screen readers alike. */
export function announce(text) {
  notice = text;
  clearTimeout(fading);
  fading = text && setTimeout(announce, NOTICE_MILLIS, '');
  update();
}

/** What was told last. */
export const noticed = () => notice;

export const noticeBoard = () => html`
  <div class="notice" role="status" aria-live="polite">
    ${notice && html`<p>${notice}</p>
      <button type="button" class="quiet" aria-label=${words().dismiss} @click=${() => announce('')}>✕</button>`}
  </div>`;

export async function focusHeading() {
  await shown();
  document.querySelector('h1')?.focus();
}

/** What had the focus may be gone, with a row that was deleted, say. */
export async function rescueFocus() {
  await shown();
  if (document.activeElement === document.body) {
    focusHeading();
  }
}

// A button that is disabled loses the focus; one that only says so keeps it.
export const button = ({ label, click, kind = '', unless = false, name = nothing }) => html`
  <button type="button" class=${kind} aria-disabled=${unless ? 'true' : nothing} aria-label=${name}
    @click=${event => !unless && click(event)}>${label}</button>`;

