import { html } from './lit.js';
import { send } from './batches.js';
import { ask } from './dialog.js';
import { GroupInput } from './group-input.js';
import { number, words } from './i18n.js';
import { located } from './refusal.js';
import { valueOf } from './text-field.js';
import { announce } from './ui.js';

/**
 * Opens a dialog that asks for names of customers and adds them to a group.
 * @param apiPath the API path of the group's customers
 * @param done called after the attempt, when some customers may have been added
 */
export function askToAdd(group, apiPath, done) {
  const from = new GroupInput('from');
  return ask({
    title: words().addTo(group),
    body: () => html`
      <label for="names">${words().namesByLine}</label>
      <textarea id="names" rows="6" required spellcheck="false" aria-describedby="names-hint"></textarea>
      <p class="hint" id="names-hint">${words().namesHint}</p>
      ${from.template(words().fromGroup, { hint: html`<p class="hint">${words().fromGroupHint}</p>` })}`,
    action: words().add,
    submit: () => add(apiPath, lines(valueOf('names')), from.value).finally(done),
  });
}

// Removes the lines that are done from the field, so that the user can send the others again after a refusal.
async function add(apiPath, all, from) {
  let rest = all;
  try {
    await send('POST', apiPath, all.map(line => entry(line, from)), done => {
      rest = all.slice(done);
      showLines(rest);
      announce(() => rest.length ? words().progress(number(done), number(all.length)) : words().added(done));
    });
  } catch (refusal) {
    const { index, text } = located(refusal);
    if (index !== undefined) {
      showLines(rest, index);
      refusal.message = words().inLine(number(index + 1), text);
    }
    throw refusal;
  }
}

// Selects the faulty line. The field is gone if the user has closed the dialog meanwhile.
function showLines(lines, faulty) {
  const field = document.getElementById('names');
  if (field) {
    field.value = lines.join('\n');
  }
  if (field && faulty !== undefined) {
    const start = lines.slice(0, faulty).join('\n').length + (faulty && 1);
    field.focus();
    field.setSelectionRange(start, start + lines[faulty].length);
  }
}

const lines = text => text.split('\n').filter(Boolean);

// A tab separates the columns of a pasted spreadsheet: the name and the group. A name cannot contain a tab.
function entry(line, from) {
  const [name, group] = line.split('\t', 2);
  return { name, groupName: (group ?? from) || undefined };
}
