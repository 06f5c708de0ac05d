import { html } from './lit.js';
import { change, path, read } from './api.js';
import { forChanges } from './caller.js';
import { changed, customerFields } from './customer-fields.js';
import { askToDelete, pathOf } from './deleting.js';
import { historyOf } from './history.js';
import { words } from './i18n.js';
import { askToMove } from './moving.js';
import { explained, markField } from './refusal.js';
import { go, toCustomer, toCustomers, toMembers } from './router.js';
import { Selection } from './selection.js';
import { announce, button, update } from './ui.js';

/** The view of one customer with all members: the user changes, moves or deletes it. */
export function customer(name, groupName) {
  const apiPath = pathOf({ name, groupName });
  const history = historyOf({ customer: name, ...(groupName && { group: groupName }) });
  let stored = null;
  let error = '';
  let refusal = '';
  let busy = false;

  async function load() {
    try {
      [stored] = (await read(apiPath)).items;
    } catch (failure) {
      error = failure.message;
    }
    update();
  }

  async function save(event) {
    event.preventDefault();
    const changes = changed(stored);
    if (busy) {
      return;
    }
    if (!Object.keys(changes).length) {
      announce(() => words().nothingChanged);
      return;
    }
    busy = true;
    refusal = '';
    markField(null);
    announce('');
    try {
      [stored] = (await change('PATCH', path('customers'), [{ name, groupName, ...changes }])).items;
      announce(() => words().customerSaved(name));
      history.refresh();
    } catch (failure) {
      refusal = explained(failure);
      markField(failure);
    }
    busy = false;
    update();
  }

  function gone() {
    stored = null;
    go(groupName ? toMembers(groupName) : toCustomers(), () => words().customerDeleted(name));
  }

  const arrived = group => go(toCustomer({ name, groupName: group }), () => words().moved(1, group));

  // The dialogs take a selection, here of this customer alone.
  function askAbout(ask, done) {
    const selection = new Selection();
    selection.set([{ name, groupName }], true);
    ask(selection, group => selection.size || done(group));
  }

  const form = () => html`
    <form class="panel fields" @submit=${save}>
      ${customerFields(stored)}
      <div class="refusal" role="alert">${refusal && html`<p class="error">${refusal}</p>`}</div>
      ${forChanges(() => html`<div class="actions">
        <button class="primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? words().working : words().save}</button>
        ${button({ label: words().moveTo, icon: 'arrow-right', click: () => askAbout(askToMove, arrived) })}
        ${button({ label: words().remove, icon: 'trash', kind: 'danger', click: () => askAbout(askToDelete, gone) })}
      </div>`)}
    </form>`;

  return {
    title: () => name,
    hasEdits: () => stored !== null && Object.keys(changed(stored)).length > 0,
    enter: load,
    template: () => html`
      <p class="trail">
        <a href=${toCustomers()}>${words().customers}</a>
        ${groupName ? html`<a href=${toMembers(groupName)}><bdi class="name">${groupName}</bdi></a>` : words().withoutGroup}
      </p>
      <h1 tabindex="-1"><bdi class="name">${name}</bdi></h1>
      ${error ? html`<p class="panel error" role="alert">${error}</p>` : stored ? form() : html`<p role="status">${words().loading}</p>`}
      ${history.template()}`,
  };
}
