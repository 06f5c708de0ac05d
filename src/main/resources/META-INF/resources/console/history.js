import { html, nothing } from './lit.js';
import { ChangeList, isRecorded } from './change-list.js';
import { words } from './i18n.js';
import { toChanges } from './router.js';
import { update } from './ui.js';

/** The recorded changes of a group or customer. They are loaded when the user opens them. @param filter {group, customer} */
export function historyOf(filter) {
  let list = null;

  // Only the template opens and closes the element, so the element of another view never stays open.
  function toggle(event) {
    event.preventDefault();
    list = list ? null : new ChangeList();
    list?.load(filter);
    update();
  }

  return {
    /** Loads the newest changes again, if they are open. */
    refresh: () => list?.load(),
    template: () => isRecorded() ? html`
      <details class="panel" ?open=${list !== null}>
        <summary @click=${toggle}><h2>${words().history}</h2></summary>
        ${list?.template() ?? nothing}
      </details>
      <p><a href=${toChanges(filter)}>${words().toChanges}</a></p>` : nothing,
  };
}
