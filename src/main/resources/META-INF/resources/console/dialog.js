import { html, nothing } from './lit.js';
import { words } from './i18n.js';
import { announce, noticed, rescueFocus, shown, update } from './ui.js';

let open = null;

/**
 * Asks the colleague for something.
 * @param title what it is about
 * @param body makes the fields
 * @param action the words on the button that does it
 * @param danger whether it destroys something
 * @param submit does it, and throws when refused; the dialog stays open then and tells why
 * @param help makes what helps against a refusal
 */
export async function ask({ title, body, action, danger = false, submit, help = () => nothing }) {
  announce('');
  open = { title, body, action, danger, submit, help, busy: false, refusal: null };
  update();
  await shown();
  document.querySelector('dialog').showModal();
}

export function close() {
  document.querySelector('dialog')?.close();
}

export const dialog = () => html`<dialog aria-labelledby="dialog-title" @close=${closed}>${open ? form(open) : nothing}</dialog>`;

const form = ({ title, body, action, danger, busy, refusal, help }) => html`
  <form @submit=${submitted}>
    <h2 id="dialog-title">${title}</h2>
    ${body()}
    <p class="hint" role="status">${noticed()}</p>
    <div class="refusal" role="alert">${refusal ? html`<p class="error">${refusal.message}</p>${help(refusal)}` : nothing}</div>
    <div class="actions">
      <button class=${danger ? 'danger' : 'primary'} aria-disabled=${busy ? 'true' : nothing}>${busy ? words().working : action}</button>
      <button type="button" @click=${close}>${words().cancel}</button>
    </div>
  </form>`;

async function submitted(event) {
  event.preventDefault();
  const asked = open;
  if (asked.busy) {
    return;
  }
  Object.assign(asked, { busy: true, refusal: null });
  update();
  try {
    await asked.submit();
    if (open === asked) {
      close();
    }
  } catch (refusal) {
    Object.assign(asked, { busy: false, refusal });
    update();
  }
}

// The browser gives the focus back to what had it before.
function closed() {
  open = null;
  update();
  rescueFocus();
}
