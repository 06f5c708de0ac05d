import { html } from './lit.js';
import { change, path, pathOf, read } from './api.js';
import { changed, customerFields, MEMBERS } from './customer-fields.js';
import { customerForm } from './customer-form.js';
import { textField, valueOf } from './forms.js';
import { historyOf } from './history.js';
import { words } from './i18n.js';
import { askToDelete, askToMove } from './later.js';
import { inField } from './refusal.js';
import { asLeft, go, toCustomer, toCustomers, toMembers } from './router.js';
import { Selection } from './selection.js';
import { announce, button, failure, lastNotice, rescueFocus, update } from './ui.js';
import { undoable } from './undoing.js';

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
    const newName = valueOf('name');
    const renamed = newName !== name;
    const changes = { ...changed(stored), ...(renamed && { newName }) };
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
    const [after] = (await change('PATCH', path('customers'), [{ name, groupName, ...changes }])).items;
    const notice = undoable(
      () => words().customerSaved(newName) + (byOthers.length ? meanwhile(byOthers) : ''),
      [{ type: renamed ? 'customer.renamed' : 'customer.changed', before: now, after }],
    );
    if (renamed) {
      leave(toCustomer(after), notice);
    } else {
      stored = known = after;
      announce(notice);
      history.refresh();
    }
  }

  // Without the form, the console does not ask about its texts.
  function leave(address, notice, form = null) {
    stored = form;
    listed.set([{ name, groupName }], false);
    go(address, notice);
  }

  const gone = () => leave(asLeft(groupName ? toMembers(groupName) : toCustomers()), lastNotice());
  const arrived = group => leave(toCustomer({ name, groupName: group }), lastNotice(), stored);

  // The dialogs take a selection, here of this customer alone.
  function askAbout(ask, done) {
    const selection = new Selection();
    selection.set([{ name, groupName }], true);
    ask(selection, group => selection.size || done(group));
  }

  const buttons = () => html`
    ${button({ label: words().opens(words().move), icon: 'arrow-right', click: () => askAbout(askToMove, arrived) })}
    ${button({ label: words().remove, icon: 'trash', kind: 'danger', click: () => askAbout(askToDelete, gone) })}`;

  const fields = () => html`
    <div class="field">${textField({ id: 'name', label: words().fields.name, value: name, required: true })}</div>
    ${customerFields(stored)}`;

  const content = () =>
    error ? failure(error, load)
    : stored ? form(fields(), words().save, buttons)
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
