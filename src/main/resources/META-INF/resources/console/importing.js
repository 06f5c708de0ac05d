import { html, nothing } from './lit.js';
import { change, path } from './api.js';
import { send } from './batches.js';
import { asTime, COLUMNS, fault, MEMBERS } from './customer-fields.js';
import { ask, showProgress } from './dialog.js';
import { hasBlankEnd, withLineFeeds } from './forms.js';
import { differences, quote } from './history.js';
import { number, words } from './i18n.js';
import { askForFile } from './import-file.js';
import { explained, inField, located } from './refusal.js';
import { key } from './selection.js';
import { save } from './spreadsheet.js';
import { stored } from './stored.js';
import { announce, button } from './ui.js';
import { undoable } from './undoing.js';

const MAX_SHOWN = 100;
const MAX_NAMES = 5;
const MINUTES = 'yyyy-MM-dd HH:mm';

/**
 * Opens a dialog that asks for a spreadsheet, shows what it would change, and then changes it.
 * @param group the group of all lines; undefined when each line names its own
 * @param done called after the attempt, when some customers may have been changed
 */
export const askToImport = (group, done) =>
  askForFile(group ? words().importTo(group) : words().importFile, async (sheet, signal) => {
    const file = { ...sheet, lines: linesOf(sheet, group), newGroups: [] };
    await compare(file.lines.filter(({ refusal }) => !refusal), signal);
    askToSend(file, done);
  });

function linesOf({ rows, members }, group) {
  const lines = rows.map(row => lineOf(row, members, group));
  const first = new Map(lines.toReversed().map(line => [key(line), line]));
  for (const line of lines.filter(line => first.get(key(line)) !== line)) {
    line.refusal ||= words().sameAsLine(number(first.get(key(line)).number));
  }
  return lines;
}

// Neither a cell that a short line lacks nor an empty time changes anything.
function lineOf({ cells, number, faults }, members, group) {
  const values = Object.fromEntries(members.map((member, index) => [member, cells[index]]).filter(([member, text]) => member && text !== undefined));
  const { name = '', groupName = '', regDate: time = '', ...texts } = values;
  const regDate = asTime(time);
  const cellFault = members.map((member, index) => member && index in faults && inField(member, words().cellFault(faults[index]))).find(Boolean);
  const otherGroup = group && !['', group].includes(groupName) ? inField('groupName', words().otherGroup) : '';
  return {
    number, cells, name, groupName: groupName || group, texts: { ...texts, ...(regDate && { regDate }) },
    // Excel leaves out the seconds.
    minutes: /^[^:]+:[^:]+$/.test(time),
    refusal: cellFault || (COLUMNS.map(member => fault(member, { ...values, regDate }[member] ?? '')).find(Boolean) ?? otherGroup),
  };
}

// Adds to each line the customer that is stored and the texts that differ from it, or a refusal.
async function compare(lines, signal) {
  const groups = await stored('customer_groups', lines.flatMap(({ groupName }) => (groupName ? { name: groupName } : [])), showProgress, signal);
  const customers = await stored('customers', lines, showProgress, signal);
  for (const line of lines) {
    const customer = customers.get(key(line));
    const seen = (member, text = '') => withLineFeeds(text).slice(0, member === 'regDate' && line.minutes ? MINUTES.length : Infinity);
    const changes = Object.entries(line.texts).filter(([member, text]) => seen(member, text) !== seen(member, customer?.[member]));
    const missing = line.groupName && !groups.has(key({ name: line.groupName }));
    Object.assign(line, { customer, changes: Object.fromEntries(changes), missing, refusal: missing ? inField('groupName', words().noSuchGroup) : '' });
  }
}

function askToSend(file, done) {
  const { changed = [], created = [] } = Object.groupBy(file.lines, kindOf);
  const all = [...changed, ...created];
  const progress = () => showProgress(all.filter(({ sent }) => sent).length, all.length);

  // Changes are first, because a new customer can get a reference that a changed one gives up.
  async function submit(signal) {
    for (const name of file.newGroups) {
      signal.throwIfAborted();
      await change('POST', path('customer_groups'), { name });
    }
    await sendLines('PATCH', changed, progress, signal).then(() => sendLines('POST', created, progress, signal)).finally(tell);
    if (file.lines.some(({ refusal }) => refusal)) {
      ask({ title: words().imported(all.filter(({ sent }) => sent).length, 0), body: () => overview(file) });
      tell();
    }
  }

  // What is imported can be undone, also when the rest is not.
  function tell() {
    const sent = all.filter(line => line.sent);
    const left = all.filter(isOpen).length;
    announce(sent.length && undoable(() => words().imported(sent.length, left), sent.map(changeOf)));
  }

  function createGroups(names, lines) {
    file.newGroups.push(...names);
    lines.forEach(line => Object.assign(line, { missing: false, refusal: '' }));
    askToSend(file, done);
  }

  const nothingToSend = () => (file.lines.every(({ refusal }) => refusal) ? words().allRefused : words().nothingToImport);
  ask({
    title: all.length ? words().importThese(all.length) : nothingToSend(),
    body: () => overview(file, createGroups),
    action: all.length && (() => words().importThese(all.filter(isOpen).length)),
    submit: signal => submit(signal).finally(done),
  });
}

// What a line has changed, as the history tells it.
function changeOf({ name, groupName, customer, changes }) {
  const texts = Object.fromEntries(Object.entries(changes).map(([member, text]) => [member, text || undefined]));
  return customer
    ? { type: 'customer.changed', before: customer, after: { ...customer, ...texts } }
    : { type: 'customer.created', after: { name, groupName, ...texts } };
}

// Sends the lines that are neither sent nor refused. A refused line keeps its refusal, and the others are sent again.
async function sendLines(method, lines, progress, signal) {
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

const isOpen = ({ sent, refusal }) => !sent && !refusal;

const kindOf = ({ refusal, customer, changes }) =>
  refusal ? 'refused' : !customer ? 'created' : Object.keys(changes).length ? 'changed' : 'unchanged';

function overview({ header, members, lines, newGroups, xlsx }, createGroups) {
  const { refused = [], ...others } = Object.groupBy(lines, kindOf);
  const rows = () => [[words().reason, ...header], ...refused.map(({ cells, refusal }) => [refusal, ...cells])];
  const unknown = header.filter((heading, index) => heading && !members[index]);
  const lacking = refused.filter(({ missing }) => missing);
  const missing = [...new Set(lacking.map(({ groupName }) => groupName))];
  const emptied = (others.changed ?? []).flatMap(({ changes }) => Object.values(changes)).filter(text => !text).length;
  return html`
    ${unknown.length ? html`<p>${words().unknownColumns(unknown.join(' · '))}</p>` : nothing}
    ${createGroups && emptied ? html`<p class="warning">${words().emptied(emptied)}</p>` : nothing}
    ${newGroups.length ? html`<p>${words().newGroups(newGroups.length)} ${namesOf(newGroups)}</p>` : nothing}
    ${refused.length ? html`${section('refused', refused)}
      ${createGroups && missing.length ? html`<p>${words().missingGroups(missing.length)} ${namesOf(missing)}</p>
        ${button({ label: words().createGroups(missing.length), click: () => createGroups(missing, lacking) })}` : nothing}
      ${button({ label: words().saveRefused, click: () => save('refused', rows(), { xlsx }) })}` : nothing}
    ${['changed', 'created', 'unchanged'].filter(kind => others[kind]).map(kind => section(kind, others[kind]))}`;
}

const namesOf = names => html`${names.slice(0, MAX_NAMES).map(name => html`${quote(name)} `)}${names.length > MAX_NAMES ? '…' : nothing}`;

const section = (kind, lines) => html`
  <details ?open=${kind !== 'unchanged'}>
    <summary>${words().lines[kind](number(lines.length))}</summary>
    <ol class="changes" role="list">${lines.slice(0, MAX_SHOWN).map(({ number: line, name, groupName, refusal, customer, changes }) => html`
      <li>
        <p>${words().inLine(number(line), '')} ${quote(name)} <bdi class="member">${groupName}</bdi></p>
        ${[name, groupName ?? ''].some(hasBlankEnd) ? html`<p class="warning">${words().blankEnd}</p>` : nothing}
        ${refusal ? html`<p class="warning">${refusal}</p>` : differences(customer ?? {}, { ...customer, ...changes }, MEMBERS)}
      </li>`)}</ol>
    ${lines.length > MAX_SHOWN ? html`<p class="hint">${words().andMore(lines.length - MAX_SHOWN)}</p>` : nothing}
  </details>`;
