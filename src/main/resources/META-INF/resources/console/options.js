import { html, live } from './lit.js';

/** The option elements of a select. @param choices pairs of value and label */
export const options = (choices, chosen) =>
  choices.map(([value, label]) => html`<option value=${value} .selected=${live(String(value) === String(chosen))}>${label}</option>`);
