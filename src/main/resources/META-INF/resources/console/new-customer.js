import { html } from './lit.js';
import { change, path, read } from './api.js';
import { changed, customerFields } from './customer-fields.js';
import { GroupInput } from './group-input.js';
import { words } from './i18n.js';
import { explained, markField } from './refusal.js';
import { go, toCustomer, toCustomers } from './router.js';
import { textField, valueOf } from './text-field.js';
import { announce, update } from './ui.js';

// The statuses of a customer that does not exist. A name that is not allowed in a path (1001, 1003) is among them: the
// service explains the fault when the console creates the customer.
const STATUSES_OF_MISSING = [1001, 1003, 2001, 2101];

/** The view that creates a customer. */
export function newCustomer() {
  const group = new GroupInput('groupName');
  let busy = false;
  let refusal = '';
  let existing = null;
  let created = false;

  async function create(event) {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    refusal = '';
    existing = null;
    markField(null);
    announce('');
    try {
      const customer = { name: valueOf('name'), groupName: group.value || undefined, ...changed({}) };
      // The POST would overwrite an existing customer.
      if (await exists(customer)) {
        existing = customer;
        refusal = words().customerExists;
      } else {
        await change('POST', path('customers'), [customer]);
        created = true;
        go(toCustomer(customer), () => words().customerCreated(customer.name));
      }
    } catch (failure) {
      refusal = explained(failure);
      markField(failure);
    }
    busy = false;
    update();
  }

  return {
    title: () => words().newCustomer,
    hasEdits: () => !created && [...document.querySelectorAll('.fields :is(input, textarea)')].some(({ value }) => value),
    enter: () => {},
    template: () => html`
      <p class="trail"><a href=${toCustomers()}>${words().customers}</a></p>
      <h1 tabindex="-1">${words().newCustomer}</h1>
      <form class="panel fields" @submit=${create}>
        <div class="field">${textField({ id: 'name', label: words().fields.name, required: true })}</div>
        <div class="field">${group.template(words().fields.groupName)}</div>
        ${customerFields({})}
        <div class="refusal" role="alert">
          ${refusal && html`<p class="error">${refusal}</p>`}
          ${existing ? html`<p><a href=${toCustomer(existing)}>${words().openIt}</a></p>` : ''}
        </div>
        <div class="actions">
          <button class="primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? words().working : words().create}</button>
          <a class="button" href=${toCustomers()}>${words().cancel}</a>
        </div>
      </form>`,
  };
}

async function exists({ name, groupName }) {
  try {
    await read(groupName ? path('customers', groupName, name) : path('customers', name));
    return true;
  } catch (refusal) {
    if (STATUSES_OF_MISSING.includes(refusal.status)) {
      return false;
    }
    throw refusal;
  }
}
