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
    submit: () => add(where, lines(valueOf('names')), from.value).finally(done),
  });
}

// Lines that are done go, so that after a refusal the others can be sent again.
async function add(where, all, from) {
  await send('POST', where, all.map(line => entry(line, from)), done => {
    leave(all.slice(done));
    announce(done < all.length ? words().progress(number(done), number(all.length)) : words().added(done));
  });
}

// The dialog may have been closed meanwhile.
function leave(lines) {
  const field = document.getElementById('names');
  if (field) {
    field.value = lines.join('\n');
  }
}

const lines = text => text.split('\n').filter(Boolean);

// A tab, which no name has and spreadsheets put between columns, is followed by the customer's group.
function entry(line, from) {
  const [name, group] = line.split('\t', 2);
  return { name, groupName: (group ?? from) || undefined };
}
