import { html } from './lit.js';
import { send } from './batches.js';
import { ask } from './dialog.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { valueOf } from './text-field.js';
import { announce } from './ui.js';

/**
 * Asks for customers by name and brings them into a group.
 * @param where the path that they are sent to
 * @param done called when some may have come
 */
export function askToAdd(group, where, done) {
  const from = new GroupInput('from');
  return ask({
    title: words().addTo(group),
    body: () => html`
      <label for="names">${words().namesByLine}</label>
      <textarea id="names" rows="6" required spellcheck="false" aria-describedby="names-hint"></textarea>
      <p class="hint" id="names-hint">${words().namesHint}</p>
      ${from.template(words().fromGroup, { hint: html`<p class="hint">${words().fromGroupHint}</p>` })}`,
    action: words().add,
    submit: () => add(where, entries(valueOf('names'), from.value)).finally(done),
  });
}

async function add(where, customers) {
  await send('POST', where, customers, done =>
    announce(done < customers.length ? words().progress(number(done), number(customers.length)) : words().added(done)));
}

/** A customer by line. A tab, which no name has and spreadsheets put between columns, is followed by its group. */
export function entries(text, from) {
  return text.split('\n').filter(Boolean).map(line => {
    const [name, group] = line.split('\t', 2);
    return { name, groupName: (group ?? from) || undefined };
  });
}
