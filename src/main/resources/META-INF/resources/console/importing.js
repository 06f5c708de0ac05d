import { html, nothing } from './lit.js';
import { path, search } from './api.js';
import { send, split } from './batches.js';
import { download, parse } from './csv.js';
import { COLUMNS, fault, withLineFeeds, withTime } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { everyCustomer } from './exporting.js';
import { condition } from './grammar.js';
import { differences, quote } from './history.js';
import { labelsOf, number, words } from './i18n.js';
import { explained, inField } from './refusal.js';
import { key } from './selection.js';
import { announce, button } from './ui.js';

// The service accepts 1000 values in a search, and the reader adds some.
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

// A cell that a short line lacks is like a missing column: the member stays as it is. So does an empty time.
function lineOf(cells, columns, number, group) {
  const values = Object.fromEntries(columns.map((member, index) => [member, cells[index]]).filter(([member, text]) => member && text !== undefined));
  const { name = '', groupName, regDate, ...texts } = values;
  const otherGroup = group && groupName && groupName !== group ? inField('groupName', words().otherGroup) : '';
  return {
    number, cells, name, groupName: groupName || group || undefined, texts: regDate ? { ...texts, regDate: withTime(regDate) } : texts,
    refusal: COLUMNS.map(member => fault(member, values[member] ?? '')).find(Boolean) ?? otherGroup,
  };
}

// Adds to each line the customer that is stored and the texts that differ from it, or a refusal.
async function compare(lines, signal) {
  const groups = new Set();
  for (const querys of queriesFor(lines.map(({ groupName }) => groupName))) {
    const { items } = await search(path('customer_groups', 'data'), { limit: MAX_VALUES }, { querys }, { signal });
    items.forEach(({ name }) => groups.add(name));
  }
  const stored = new Map();
  const queries = queriesFor(lines.map(({ name }) => name));
  for (const [index, querys] of queries.entries()) {
    for await (const [customers] of everyCustomer(querys, signal)) {
      customers.forEach(customer => stored.set(key(customer), customer));
    }
    showProgress(index + 1, queries.length);
  }
  for (const line of lines) {
    line.stored = stored.get(key(line));
    line.changes = Object.fromEntries(Object.entries(line.texts)
      .filter(([member, text]) => withLineFeeds(text) !== withLineFeeds(line.stored?.[member] ?? '')));
    line.refusal = line.groupName && !groups.has(line.groupName) ? inField('groupName', words().noSuchGroup) : '';
  }
}

const queriesFor = names => split([...new Set(names)].filter(Boolean), MAX_VALUES).map(batch => [condition('name', '=', batch)]);

const kindOf = ({ refusal, stored, changes }) =>
  refusal ? 'refused' : !stored ? 'created' : Object.keys(changes).length ? 'changed' : 'unchanged';

function askToSend({ header, lines, unknown }, done) {
  const { changed = [], created = [], unchanged = [] } = Object.groupBy(lines, kindOf);
  const all = [...changed, ...created];
  const refused = () => refusedLines(header, lines.filter(({ refusal }) => refusal));

  // Changes come first, because a new customer can have a reference that a changed one gives up.
  async function sendAll(signal) {
    await sendLines('PATCH', changed, sent => showProgress(sent, all.length), signal);
    await sendLines('POST', created, sent => showProgress(changed.length + sent, all.length), signal);
    const imported = words().imported(all.filter(({ refusal }) => !refusal).length);
    if (lines.some(({ refusal }) => refusal)) {
      ask({ title: imported, body: refused });
    } else {
      announce(() => imported);
    }
  }

  ask({
    title: all.length ? words().importThese(all.length) : words().nothingToChange,
    body: () => html`
      ${unknown.length ? html`<p>${words().unknownColumns(unknown.join(' · '))}</p>` : nothing}
      ${refused()}
      ${section('changed', changed, ({ stored, changes }) => differences({ before: stored, after: { ...stored, ...changes } }))}
      ${section('created', created)}
      ${section('unchanged', unchanged)}`,
    action: all.length && words().importThese(all.length),
    submit: signal => sendAll(signal).finally(done),
  });
}

function sendLines(method, lines, progress, signal) {
  const lineOf = new Map(lines.map(line => [{ name: line.name, groupName: line.groupName, ...line.changes }, line]));
  return send(method, path('customers'), [...lineOf.keys()], progress, {
    refused: (entry, refusal) => (lineOf.get(entry).refusal = explained(refusal)),
    signal,
  });
}

const section = (kind, lines, details = () => nothing) => lines.length ? html`
  <details ?open=${kind === 'refused'}>
    <summary>${words()[kind](lines.length)}</summary>
    <ol class="changes" role="list">${lines.slice(0, MAX_SHOWN).map(line => html`
      <li><p>${words().inLine(number(line.number), '')} ${quote(line.name)} <bdi class="member">${line.groupName}</bdi></p>${details(line)}</li>`)}</ol>
    ${lines.length > MAX_SHOWN ? html`<p class="hint">${words().andMore(lines.length - MAX_SHOWN)}</p>` : nothing}
  </details>` : nothing;

function refusedLines(header, lines) {
  const rows = () => [[words().reason, ...header], ...lines.map(({ cells, refusal }) => [refusal, ...cells])];
  return lines.length ? html`
    ${section('refused', lines, ({ refusal }) => html`<p class="warning">${refusal}</p>`)}
    ${button({ label: words().saveRefused, click: () => download('refused.csv', rows(), true) })}` : nothing;
}
