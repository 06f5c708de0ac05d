// Whose data the user sees, with which key, and what the key allows.
import { html, nothing } from './lit.js';
import { path, read } from './api.js';
import { time, words } from './i18n.js';

const NEAR_MILLIS = 14 * 24 * 60 * 60 * 1000;

let caller = {};

/** Asks the service for the key of the session. Throws its refusal. */
export async function identify() {
  caller = {};
  [caller] = (await read(path('backoffice', 'key'))).items;
}

/** Whose data the user sees. */
export const vendor = () => caller.vendor;

/** Whether the key allows changes, as far as the console knows. The service decides. */
export const mayChange = () => !caller.readOnly;

/** A part of a page that is for changes. @param template makes it */
export const forChanges = template => (mayChange() ? template() : nothing);

const end = () => new Date(caller.expiresAt);

const endsSoon = () => caller.expiresAt && end() - Date.now() < NEAR_MILLIS;

/** The vendor and the key, for the header. */
export const callerShown = () => html`
  <p class="caller">
    <span class="unseen">${words().yourKey}</span>
    <bdi class="vendor">${caller.vendor}</bdi> <bdi>${caller.name}</bdi>
    ${mayChange() ? nothing : html`<span class="badge">${words().readOnly}</span>`}
    ${endsSoon() ? html`<span class="warning">${words().keyEnds(time(end()))}</span>` : nothing}
  </p>`;
