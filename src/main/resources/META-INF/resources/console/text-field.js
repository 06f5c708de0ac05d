import { html } from './lit.js';

/** A text that a form asks for. */
export const textField = ({ id, label, value = '', required = false, hint = '' }) => html`
  <label for=${id}>${label}</label>
  <input id=${id} name=${id} .value=${value} ?required=${required} autocomplete="off" spellcheck="false">
  ${hint && html`<p class="hint">${hint}</p>`}`;

/** What stands in a field of the form that asks. */
export const valueOf = id => document.getElementById(id).value;
