import { html } from './lit.js';
import { path, read } from './api.js';
import { words } from './i18n.js';
import { begin, end } from './session.js';
import { valueOf } from './text-field.js';
import { update } from './ui.js';

let busy = false;

/** @param reason why the colleague has to sign in again, @param entered called when the key is one that the service knows */
export const signIn = (reason, entered) => html`
  <main id="main" class="sign-in">
    <form class="panel" @submit=${event => submit(event, entered)}>
      <h1 tabindex="-1">${words().product}</h1>
      <label for="bitkey">${words().bitkey}</label>
      <input id="bitkey" type="password" required autocomplete="off" spellcheck="false" aria-describedby="bitkey-hint">
      <p class="hint" id="bitkey-hint">${words().bitkeyHint}</p>
      <div role="alert">${reason && html`<p class="error">${reason}</p>`}</div>
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
    end(words().notAKey);
    return;
  }
  busy = true;
  update();
  begin(key);
  try {
    await read(path('customer_groups'), { limit: 1 });
    entered();
  } catch (refusal) {
    end(refusal.message);
  }
  busy = false;
  update();
}
