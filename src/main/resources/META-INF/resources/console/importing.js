import { html, nothing } from './lit.js';
import { path } from './api.js';
import { send, split } from './batches.js';
import { download, parse } from './csv.js';
import { COLUMNS, fault, MEMBERS } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { everyItem } from './exporting.js';
import { withLineFeeds } from './forms.js';
import { condition } from './grammar.js';
import { differences, quote } from './history.js';
import { labelsOf, number, words } from './i18n.js';
import { explained, inField, located } from './refusal.js';
import { key } from './selection.js';
import { announce, button } from './ui.js';

// A search has at most 1000 values, and each page adds some.
const MAX_VALUES = 500;
const MAX_SHOWN = 100;

/**
 * Opens a dialog that asks for a CSV file, shows what it would change, and then changes it.
 * @param group the group of all lines; undefined when each line names its own
 * @param done called after the attempt, when some customers may have been changed
 */
export const askToImport = (group, done) =>
  ask({
    title: group ? words().importTo(group) : words().importCsv,
    body: () => html`
      <label for="file">${words().file}</label>
      <input type="file" id="file" accept=".csv,text/csv" required aria-describedby="file-hint">
      <p class="hint" id="file-hint">${words().fileHint}</p>`,
    action: words().check,
    submit: async signal => {
      const file = await read(document.getElementById('file').files[0], group);
      await compare(file.lines.filter(({ refusal }) => !refusal), signal);
      askToSend(file, done);
    },
  });

async function read(file, group) {
  const [header, ...rows] = await parse(file);
  const columns = header.map(memberOf);
  const known = columns.filter(Boolean);
  if (!known.includes('name') || new Set(known).size < known.length) {
    throw new Error(words().badHeader);
  }
  const lines = rows.map((cells, index) => lineOf(cells, columns, index + 2, group)).filter(({ cells }) => cells.some(Boolean));
  const first = new Map(lines.toReversed().map(line => [key(line), line]));
  for (const line of lines.filter(line => first.get(key(line)) !== line)) {
    line.refusal ||= words().sameAsLine(number(first.get(key(line)).number));
  }
  return { header, lines, unknown: header.filter((_, index) => !columns[index]) };
}

function memberOf(label) {
  const isLabel = text => text.toLowerCase() === label.trim().toLowerCase();
  return COLUMNS.find(member => [member, ...labelsOf(member)].some(isLabel));
}

// Neither a cell that a short line lacks nor an empty time changes anything.
function lineOf(cells, columns, number, group) {
  const values = Object.fromEntries(columns.map((member, index) => [member, cells[index]]).filter(([member, text]) => member && text !== undefined));
  const { name = '', groupName = '', regDate, ...texts } = values;
  const otherGroup = group && !['', group].includes(groupName) ? inField('groupName', words().otherGroup) : '';
  return {
    number, cells, name, groupName: groupName || group,
    texts: { ...texts, ...(regDate && { regDate: regDate.replace(/^[^ ]*$/, '$& 00:00:00') }) },
    refusal: COLUMNS.map(member => fault(member, values[member] ?? '')).find(Boolean) ?? otherGroup,
  };
}

// Adds to each line the customer that is stored and the texts that differ from it, or a refusal.
async function compare(lines, signal) {
  const groups = await stored('customer_groups', lines.map(({ groupName }) => groupName), signal);
  const customers = await stored('customers', lines.map(({ name }) => name), signal);
  for (const line of lines) {
    const customer = customers.get(key(line));
    const changes = Object.entries(line.texts).filter(([member, text]) => withLineFeeds(text) !== withLineFeeds(customer?.[member] ?? ''));
    const noGroup = line.groupName && !groups.has(key({ name: line.groupName }));
    Object.assign(line, { customer, changes: Object.fromEntries(changes), refusal: noGroup ? inField('groupName', words().noSuchGroup) : '' });
  }
}

// The stored items that have one of these names.
async function stored(resource, names, signal) {
  const found = new Map();
  const batches = split([...new Set(names)].filter(Boolean), MAX_VALUES);
  for (const [index, batch] of batches.entries()) {
    for await (const [items] of everyItem(resource, [condition('name', '=', batch)], signal)) {
      items.forEach(item => found.set(key(item), item));
    }
    showProgress(index + 1, batches.length);
  }
  return found;
}

function askToSend(file, done) {
  const { changed = [], created = [] } = Object.groupBy(file.lines, kindOf);
  const all = [...changed, ...created];
  const progress = () => showProgress(all.filter(({ sent }) => sent).length, all.length);

  // Changes are first, because a new customer can get a reference that a changed one gives up.
  async function submit(signal) {
    await sendLines('PATCH', changed, progress, signal);
    await sendLines('POST', created, progress, signal);
    const title = words().imported(all.filter(({ sent }) => sent).length);
    if (file.lines.some(({ refusal }) => refusal)) {
      ask({ title, body: () => overview(file) });
    } else {
      announce(() => title);
    }
  }

  ask({
    title: all.length ? words().importThese(all.length) : words().nothingToImport,
    body: () => overview(file),
    action: all.length && words().importThese(all.length),
    submit: signal => submit(signal).finally(done),
  });
}

// Sends the lines that are neither sent nor refused. A refused line keeps its refusal, and the others are sent again.
async function sendLines(method, lines, progress, signal) {
  const isOpen = ({ sent, refusal }) => !sent && !refusal;
  for (let open; (open = lines.filter(isOpen)).length; ) {
    const entries = open.map(({ name, groupName, changes }) => ({ name, groupName, ...changes }));
    try {
      await send(method, path('customers'), entries, count => {
        open.slice(0, count).forEach(line => (line.sent = true));
        progress();
      }, signal);
    } catch (refusal) {
      const { index } = located(refusal);
      if (index === undefined) {
        throw refusal;
      }
      open.filter(isOpen)[index].refusal = explained(refusal);
    }
  }
}

const kindOf = ({ refusal, customer, changes }) =>
  refusal ? 'refused' : !customer ? 'created' : Object.keys(changes).length ? 'changed' : 'unchanged';

function overview({ header, lines, unknown }) {
  const { refused = [], ...others } = Object.groupBy(lines, kindOf);
  const rows = () => [[words().reason, ...header], ...refused.map(({ cells, refusal }) => [refusal, ...cells])];
  return html`
    ${unknown.length ? html`<p>${words().unknownColumns(unknown.join(' · '))}</p>` : nothing}
    ${refused.length ? html`${section('refused', refused)}
      ${button({ label: words().saveRefused, click: () => download('refused.csv', rows(), true) })}` : nothing}
    ${['changed', 'created', 'unchanged'].filter(kind => others[kind]).map(kind => section(kind, others[kind]))}`;
}

const section = (kind, lines) => html`
  <details ?open=${kind === 'refused'}>
    <summary>${words().lines[kind](number(lines.length))}</summary>
    <ol class="changes" role="list">${lines.slice(0, MAX_SHOWN).map(({ number: line, name, groupName, refusal, customer, changes }) => html`
      <li>
        <p>${words().inLine(number(line), '')} ${quote(name)} <bdi class="member">${groupName}</bdi></p>
        ${refusal ? html`<p class="warning">${refusal}</p>` : customer && differences(customer, { ...customer, ...changes }, MEMBERS)}
      </li>`)}</ol>
    ${lines.length > MAX_SHOWN ? html`<p class="hint">${words().andMore(lines.length - MAX_SHOWN)}</p>` : nothing}
  </details>`;
