import { html } from './lit.js';
import { change, path, pathOf, read } from './api.js';
import { askToDelete, askToMove } from './customer-actions.js';
import { changed, customerFields, MEMBERS } from './customer-fields.js';
import { customerForm } from './customer-form.js';
import { historyOf } from './history.js';
import { inField } from './refusal.js';
import { words } from './i18n.js';
import { asLeft, go, toCustomer, toCustomers, toMembers } from './router.js';
import { Selection } from './selection.js';
import { announce, button, failure, rescueFocus, update } from './ui.js';

/**
 * The view of one customer with all members: the user changes, moves or deletes it.
 * @param listed the selection of the list that the user comes from; it loses the customer with its place
 */
export function customer(name, groupName, listed = new Selection()) {
  const history = historyOf({ customer: name, ...(groupName && { group: groupName }) });
  const form = customerForm(save);
  let stored = null; // what the form begins with
  let known = null; // what the user has seen of the service
  let error = '';

  async function load() {
    try {
      stored = known = await readNow();
      error = '';
    } catch ({ message }) {
      error = message;
    }
    update();
    rescueFocus();
  }

  const readNow = async () => (await read(pathOf({ name, groupName }))).items[0];

  // What others have changed since the user has seen it stays. Where the user has typed into the same field, the user decides.
  async function save() {
    const changes = changed(stored);
    if (!Object.keys(changes).length) {
      announce(() => words().nothingToSave);
      return;
    }
    const now = await readNow();
    const byOthers = MEMBERS.filter(member => now[member] !== known[member]);
    const meanwhile = members => words().meanwhile(members.map(member => inField(member, now[member] ?? words().none)).join(' · '));
    const both = byOthers.filter(member => member in changes && (now[member] ?? null) !== changes[member]);
    known = now;
    if (both.length) {
      stored = { ...now, ...Object.fromEntries(both.map(member => [member, stored[member]])) };
      throw new Error(meanwhile(both) + words().saveAgain);
    }
    [stored] = (await change('PATCH', path('customers'), [{ name, groupName, ...changes }])).items;
    known = stored;
    announce(() => words().customerSaved(name) + (byOthers.length ? meanwhile(byOthers) : ''));
    history.refresh();
  }

  function gone() {
    stored = null;
    listed.set([{ name, groupName }], false);
    update();
    go(asLeft(groupName ? toMembers(groupName) : toCustomers()), () => words().wasDeleted(name));
  }

  function arrived(group) {
    listed.set([{ name, groupName }], false);
    go(toCustomer({ name, groupName: group }), () => words().moved(1, group));
  }

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
        <a href=${asLeft(toCustomers())}>${words().customers}</a>
        ${groupName ? html`<a href=${asLeft(toMembers(groupName))}><bdi class="name">${groupName}</bdi></a>` : words().withoutGroup}
      </p>
      <h1 tabindex="-1"><bdi class="name">${name}</bdi></h1>
      ${content()}
      ${history.template()}`,
  };
}
