import { html, nothing } from './lit.js';
import { words } from './i18n.js';
import { announce, lastNotice, rescueFocus, rendered, update } from './ui.js';

let open = null;

/**
 * Opens the dialog.
 * @param title its heading
 * @param body renders the fields
 * @param action the label of the submit button
 * @param danger whether the action deletes data
 * @param submit does the action; when it throws, the dialog stays open and shows the message
 * @param help renders help for a refusal
 */
export async function ask({ title, body, action, danger = false, submit, help = () => nothing }) {
  announce('');
  open = { title, body, action, danger, submit, help, busy: false, refusal: null };
  update();
  await rendered();
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
    <p class="hint" role="status">${lastNotice()}</p>
    <div class="refusal" role="alert">${refusal ? html`<p class="error">${refusal.message}</p>${help(refusal)}` : nothing}</div>
    <div class="actions">
      <button class=${danger ? 'danger' : 'primary'} aria-disabled=${busy ? 'true' : nothing}>${busy ? words().working : action}</button>
      <button type="button" @click=${close}>${words().cancel}</button>
    </div>
  </form>`;

async function submitted(event) {
  event.preventDefault();
  const submittedDialog = open;
  if (submittedDialog.busy) {
    return;
  }
  Object.assign(submittedDialog, { busy: true, refusal: null });
  update();
  try {
    await submittedDialog.submit();
    if (open === submittedDialog) {
      close();
    }
  } catch (refusal) {
    Object.assign(submittedDialog, { busy: false, refusal });
    update();
  }
}

// The browser returns the focus to the element that had it before the dialog. That element may be gone.
function closed() {
  open = null;
  update();
  rescueFocus();
}
