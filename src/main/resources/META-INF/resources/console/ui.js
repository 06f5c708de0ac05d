// What all views share: rendering, notices, focus and buttons.
import { html, nothing, render } from './lit.js';
import { words } from './i18n.js';

let template = () => nothing;
let renderScheduled = false;
let notice = () => '';
let dismissTimer;

const NOTICE_MILLIS = 12_000;

/** Shows the page. @param page returns the template of the whole page; it is called at each update */
export function show(page) {
  template = page;
  update();
}

/** Renders the page again. Several updates in one task are rendered once. */
export function update() {
  if (!renderScheduled) {
    renderScheduled = true;
    queueMicrotask(() => {
      renderScheduled = false;
      render(template(), document.getElementById('console'));
    });
  }
}

/** Resolves when all updates are rendered. */
export const rendered = () => new Promise(resolve => queueMicrotask(() => setTimeout(resolve)));

/**
 * Shows a notice, which screen readers read out. It disappears where the user goes on, and one without an undo after some
 * seconds.
 * @param text returns the text in the current language; empty for none. Its method undo, where it has one, undoes what it tells
 */
export function announce(text) {
  notice = text || (() => '');
  clearTimeout(dismissTimer);
  dismissTimer = text && !text.undo && setTimeout(announce, NOTICE_MILLIS, '');
  update();
}

/** The current notice, for another place. */
export const lastNotice = () => notice;

export const noticeBoard = () => html`
  <div class="notice" role="status" aria-live="polite">
    ${notice() && html`<p>${notice()}</p>
      ${notice.undo ? button({ label: words().undo, kind: 'quiet', click: notice.undo }) : nothing}
      <button type="button" class="quiet" aria-label=${words().dismiss} @click=${() => announce('')}>${symbol('x')}</button>`}
  </div>`;

export async function focusHeading() {
  await rendered();
  document.querySelector('h1')?.focus();
}

/** Moves a list to where the user left it, and the focus to the link with which the user did. */
export async function focusAsLeft(scroll, address) {
  await rendered();
  scrollTo(0, scroll);
  const link = [...document.querySelectorAll('main a')].find(({ hash }) => hash === address);
  (link ?? document.querySelector('h1')).focus({ preventScroll: true });
}

/** Moves the focus to the heading if the focused element is gone, such as a button in a deleted row. */
export async function rescueFocus() {
  await rendered();
  if (document.activeElement === document.body) {
    focusHeading();
  }
}

// A button with the attribute "disabled" would lose the focus. With "aria-disabled", it keeps it.
export const button = ({ label, icon = '', click, kind = '', disabled = false, name = nothing }) => html`
  <button type="button" class=${kind} aria-disabled=${disabled ? 'true' : nothing} aria-label=${name}
    @click=${event => !disabled && click(event)}>${icon && symbol(icon)} ${label}</button>`;

/** Says why a part of a page is not there. @param again loads it again */
export const failure = (message, again) => html`
  <div class="panel error" role="alert"><p>${message}</p> ${button({ label: words().again, icon: 'refresh', click: again })}</div>`;

/** A symbol of icons.svg. It says nothing that the text beside it does not say. */
export const symbol = name => html`<svg class="symbol" aria-hidden="true"><use href="icons.svg#${name}"></use></svg>`;
