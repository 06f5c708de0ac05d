import { html, nothing } from './lit.js';
import { mayLeave, submitButton, submitOnce } from './forms.js';
import { number, words } from './i18n.js';
import { explained } from './refusal.js';
import { announce, lastNotice, rescueFocus, rendered, update } from './ui.js';

let open = null;
let progress = null;

/**
 * Opens the dialog.
 * @param title its heading
 * @param body renders the fields
 * @param action returns the label of the submit button, or is it; without one, the user can only close the dialog
 * @param danger whether the action deletes data
 * @param submit does the action until the signal that it gets is aborted, which closing the dialog does; when it throws,
 *     the dialog stays open and shows the message. Another dialog that it opens takes the place of this one
 * @param help renders what helps after a refusal, instead of the submit button; nothing when the user may try again
 */
export async function ask({ title, body, action, danger = false, submit, help = () => null }) {
  announce('');
  progress = null;
  open = { title, body, action, danger, submit, help, busy: false, refusal: null, closed: new AbortController() };
  update();
  await rendered();
  const element = document.querySelector('dialog');
  const isAnother = element.open || element.showModal();
  if (isAnother || !element.querySelector('input, select, textarea')) {
    focusTitle();
  }
}

// A reader begins at the title. In a dialog that opens with fields, the first one has the focus.
function focusTitle() {
  const title = document.getElementById('dialog-title');
  title.tabIndex = -1;
  title.focus();
}

/** Shows how much of the action of the open dialog is done. */
export function showProgress(done, all) {
  progress = { done, all };
  announce(() => words().progress(number(done), number(all)));
}

export const close = () => document.querySelector('dialog')?.close();

export const dialog = () => html`
  <dialog aria-labelledby="dialog-title" @cancel=${event => mayLeave() || event.preventDefault()} @close=${closed}>
    ${open ? form(open) : nothing}
  </dialog>`;

const label = action => (typeof action === 'function' ? action() : action);

const form = ({ title, body, action, danger, busy, refusal, help }) => html`
  <form @submit=${submitted}>
    <h2 id="dialog-title">${title}</h2>
    ${body()}
    ${progress ? html`<progress aria-labelledby="dialog-title" max=${progress.all} value=${progress.done}></progress>` : nothing}
    <p class="hint" role="status">${lastNotice()()}</p>
    <div class="refusal" role="alert">${refusal ? html`<p class="error">${explained(refusal)}</p>` : nothing}</div>
    <div class="actions">
      ${(refusal && help(refusal)) ?? (action ? submitButton(label(action), busy, danger ? 'danger' : 'primary') : nothing)}
      <button type="button" @click=${() => mayLeave() && close()}>${action ? words().cancel : words().close}</button>
    </div>
  </form>`;

async function submitted(event) {
  const asked = open;
  await submitOnce(event, asked, async () => {
    await asked.submit(asked.closed.signal);
    if (open === asked) {
      close();
    }
  });
  // The help is in the place of the submit button.
  if (asked.refusal && asked.help(asked.refusal)) {
    document.querySelector('dialog .actions > :is(a, button)')?.focus();
  }
}

// The browser returns the focus to the element that had it before the dialog. That element may be gone.
function closed() {
  open.closed.abort();
  open = null;
  update();
  rescueFocus();
}
