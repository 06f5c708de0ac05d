import { html, nothing } from './lit.js';
import { identify } from './caller.js';
import { words } from './i18n.js';
import { startSession, endSession } from './session.js';
import { valueOf } from './text-field.js';
import { update } from './ui.js';

let busy = false;

/**
 * The form that asks for the bitkey.
 * @param reason why the user has to sign in again, or empty
 * @param entered called when the service has accepted the key
 */
export const signIn = (reason, entered) => html`
  <main id="main" class="sign-in">
    <form class="panel" @submit=${event => submit(event, entered)}>
      <h1 tabindex="-1">${words().product}</h1>
      <label for="bitkey">${words().bitkey}</label>
      <input id="bitkey" type="password" required autocomplete="off" spellcheck="false"
        aria-describedby="bitkey-error bitkey-hint" aria-invalid=${reason ? 'true' : nothing}>
      <p class="hint" id="bitkey-hint">${words().bitkeyHint}</p>
      <div role="alert" id="bitkey-error">${reason && html`<p class="error">${reason}</p>`}</div>
      <button class="primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? words().working : words().signIn}</button>
    </form>
  </main>`;

async function submit(event, entered) {
  event.preventDefault();
  const key = valueOf('bitkey').trim();
  if (busy) {
    return;
  }
  if (!/^[\x21-\xff]+$/.test(key)) {
    endSession(words().notAKey);
    return;
  }
  busy = true;
  update();
  startSession(key);
  try {
    await identify();
    entered();
  } catch (refusal) {
    endSession(refusal.message);
  }
  busy = false;
  update();
}
