import { html, nothing } from './lit.js';
import { change, exists, path, pathOf } from './api.js';
import { changed, customerFields } from './customer-fields.js';
import { customerForm } from './customer-form.js';
import { textField, valueOf } from './forms.js';
import { GroupInput } from './group-input.js';
import { words } from './i18n.js';
import { go, toCustomer, toCustomers } from './router.js';
import { undoable } from './undoing.js';

/** The view that creates a customer. */
export function newCustomer() {
  const group = new GroupInput('groupName');
  const form = customerForm(create);
  let existing = null;
  let created = false;

  // The POST would overwrite an existing customer.
  async function create() {
    const customer = { name: valueOf('name'), groupName: group.value || undefined, ...changed({}) };
    existing = (await exists(pathOf(customer))) ? customer : null;
    if (existing) {
      throw new Error(words().customerExists);
    }
    const [after] = (await change('POST', path('customers'), [customer])).items;
    created = true;
    go(toCustomer(customer), undoable(() => words().wasCreated(customer.name), [{ type: 'customer.created', after }]));
  }

  const fields = () => html`
    <div class="field">${textField({ id: 'name', label: words().fields.name, required: true })}</div>
    <div class="field">${group.template(words().fields.groupName)}</div>
    ${customerFields({})}`;

  const cancel = () => html`<a class="button" href=${toCustomers()}>${words().cancel}</a>`;

  const help = () => (existing ? html`<p><a href=${toCustomer(existing)}>${words().openIt}</a></p>` : nothing);

  return {
    title: () => words().newCustomer,
    enter: () => {},
    template: () => html`
      <p class="trail"><a href=${toCustomers()}>${words().customers}</a></p>
      <h1 tabindex="-1">${words().newCustomer}</h1>
      ${created ? nothing : form(fields(), words().create, cancel, help)}`,
  };
}
