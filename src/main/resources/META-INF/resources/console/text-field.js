import { html } from './lit.js';

/** A labelled text input. */
export const textField = ({ id, label, value = '', required = false, hint = '' }) => html`
  <label for=${id}>${label}</label>
  <input id=${id} name=${id} .value=${value} ?required=${required} autocomplete="off" spellcheck="false">
  ${hint && html`<p class="hint">${hint}</p>`}`;

/** The current value of a form field. */
export const valueOf = id => document.getElementById(id).value;
