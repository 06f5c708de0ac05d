import { html, nothing } from './lit.js';
import { forChanges } from './caller.js';
import { submitButton, submitOnce } from './forms.js';
import { explained } from './refusal.js';

/**
 * A form of a customer.
 * @param send sends what the user typed
 * @returns renders the form from its fields, the label of its submit button, other buttons, and help after a refusal
 */
export function customerForm(send) {
  const state = { busy: false, refusal: null };
  const refused = help => html`<p class="error">${explained(state.refusal)}</p> ${help()}`;

  return (fields, action, buttons, help = () => nothing) => html`
    <form class="panel fields" @submit=${event => submitOnce(event, state, send)}>
      ${fields}
      <div class="refusal" role="alert">${state.refusal && refused(help)}</div>
      ${forChanges(() => html`<div class="actions">${submitButton(action, state.busy)} ${buttons()}</div>`)}
    </form>`;
}
