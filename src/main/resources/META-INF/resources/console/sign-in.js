import { html, live, nothing } from './lit.js';
import { identify } from './caller.js';
import { submitButton, submitOnce, valueOf } from './forms.js';
import { words } from './i18n.js';
import { startSession, endSession } from './session.js';

const state = { busy: false };

/**
 * The form that asks for the bitkey.
 * @param reason why the user has to sign in again, or empty
 * @param entered called when the service has accepted the key
 */
export const signIn = (reason, entered) => html`
  <main id="main" class="sign-in">
    <form class="panel" @submit=${event => submitOnce(event, state, () => enter(entered))}>
      <h1 tabindex="-1">${words().product}</h1>
      <label for="bitkey">Bitkey</label>
      <input id="bitkey" type="password" required autocomplete="off" spellcheck="false"
        aria-describedby="bitkey-error bitkey-hint" aria-invalid=${live(reason ? 'true' : nothing)}>
      <p class="hint" id="bitkey-hint">${words().bitkeyHint}</p>
      <div role="alert" id="bitkey-error">${reason && html`<p class="error">${reason}</p>`}</div>
      ${submitButton(words().signIn, state.busy)}
    </form>
  </main>`;

async function enter(entered) {
  const key = valueOf('bitkey').trim();
  if (!/^[\x21-\xff]+$/.test(key)) {
    endSession(words().notAKey);
    return;
  }
  startSession(key);
  try {
    await identify();
    entered();
  } catch (refusal) {
    endSession(refusal.message);
  }
}
