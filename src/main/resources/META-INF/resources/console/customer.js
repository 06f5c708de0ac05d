import { html } from './lit.js';
import { change, path, pathOf, read } from './api.js';
import { askToDelete, askToMove } from './customer-actions.js';
import { changed, customerFields } from './customer-fields.js';
import { customerForm } from './customer-form.js';
import { historyOf } from './history.js';
import { words } from './i18n.js';
import { go, toCustomer, toCustomers, toMembers } from './router.js';
import { Selection } from './selection.js';
import { announce, button, failure, rescueFocus, update } from './ui.js';

/** The view of one customer with all members: the user changes, moves or deletes it. */
export function customer(name, groupName) {
  const history = historyOf({ customer: name, ...(groupName && { group: groupName }) });
  const form = customerForm(save);
  let stored = null;
  let error = '';

  async function load() {
    try {
      [stored] = (await read(pathOf({ name, groupName }))).items;
      error = '';
    } catch ({ message }) {
      error = message;
    }
    update();
    rescueFocus();
  }

  async function save() {
    const changes = changed(stored);
    if (!Object.keys(changes).length) {
      announce(() => words().nothingToSave);
      return;
    }
    [stored] = (await change('PATCH', path('customers'), [{ name, groupName, ...changes }])).items;
    announce(() => words().customerSaved(name));
    history.refresh();
  }

  function gone() {
    stored = null;
    update();
    go(groupName ? toMembers(groupName) : toCustomers(), () => words().wasDeleted(name));
  }

  const arrived = group => go(toCustomer({ name, groupName: group }), () => words().moved(1, group));

  // The dialogs take a selection, here of this customer alone.
  function askAbout(ask, done) {
    const selection = new Selection();
    selection.set([{ name, groupName }], true);
    ask(selection, group => selection.size || done(group));
  }

  const buttons = () => html`
    ${button({ label: words().opens(words().move), icon: 'arrow-right', click: () => askAbout(askToMove, arrived) })}
    ${button({ label: words().remove, icon: 'trash', kind: 'danger', click: () => askAbout(askToDelete, gone) })}`;

  const content = () =>
    error ? failure(error, load)
    : stored ? form(customerFields(stored), words().save, buttons)
    : html`<p role="status">${words().loading}</p>`;

  return {
    title: () => name,
    enter: load,
    template: () => html`
      <p class="trail">
        <a href=${toCustomers()}>${words().customers}</a>
        ${groupName ? html`<a href=${toMembers(groupName)}><bdi class="name">${groupName}</bdi></a>` : words().withoutGroup}
      </p>
      <h1 tabindex="-1"><bdi class="name">${name}</bdi></h1>
      ${content()}
      ${history.template()}`,
  };
}
