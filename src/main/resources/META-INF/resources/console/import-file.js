import { html, nothing } from './lit.js';
import { headerOf } from './sheet-header.js';
import { COLUMNS } from './customer-fields.js';
import { ask } from './dialog.js';
import { hasBlankEnd, options, trimmed } from './forms.js';
import { words } from './i18n.js';
import { ENCODINGS, open } from './spreadsheet.js';
import { update } from './ui.js';

const SAMPLES = 3;
const NAMES = ['name', 'groupName'];

/**
 * Opens a dialog that asks for a spreadsheet. It shows what it takes the columns for, and the user can correct that.
 * @param check called with {rows, xlsx, header, members} and a signal; rows are below the header and have numbers and the
 *     errors of cells: {number, cells, faults}
 */
export function askForFile(title, check) {
  let sheet = null;
  let reading;

  async function read(file, encoding) {
    const opened = await open(file, encoding);
    const { header, members } = headerOf(opened.rows);
    const rows = opened.rows.map((cells, index) => ({ cells, number: index + 1, faults: opened.faults[index] ?? {} }))
      .slice(header + 1).filter(({ cells, faults }) => [...cells, ...Object.keys(faults)].some(Boolean));
    const sheet = { ...opened, rows, header: opened.rows[header], members };
    sheet.columns = sheet.header.map((heading, index) => ({ heading, index, samples: samples(rows, index) }))
      .filter(({ heading, samples }) => heading || samples);
    sheet.isClear = !sheet.guessed && sheet.columns.every(({ index }) => members[index]);
    return { ...sheet, blanks: blanksOf(sheet) };
  }

  // A file that cannot be read says why when the user goes on.
  function load(encoding) {
    sheet = null;
    const attempt = (reading = read(document.getElementById('file').files[0], encoding));
    attempt.then(read => attempt === reading && (sheet = read), () => {}).finally(update);
  }

  // A field has one column.
  function match(column, member) {
    sheet.members = sheet.members.map((other, index) => (index === column ? member : other === member ? '' : other));
    sheet.blanks = blanksOf(sheet);
    update();
  }

  const column = ({ heading, index, samples }) => html`
    <div class="field">
      <label for="column-${index}"><bdi>${heading || words().column(index + 1)}</bdi></label>
      <select id="column-${index}" @change=${event => match(index, event.target.value)}>
        ${options([['', words().notImported], ...COLUMNS.map(member => [member, words().fields[member]])], sheet.members[index])}
      </select>
      <p class="hint">${samples}</p>
    </div>`;

  const preview = ({ encoding, guessed, columns, members, blanks, isClear }) => html`
    ${encoding ? html`
      <label for="encoding">${words().encoding}</label>
      <select id="encoding" aria-describedby="encoding-hint" @change=${event => load(event.target.value)}>
        ${options(ENCODINGS.map(name => [name, name]), encoding)}
      </select>
      <p class="hint" id="encoding-hint">${guessed ? words().encodingHint : nothing}</p>` : nothing}
    <details ?open=${!isClear}>
      <summary>${words().columns(members.filter(Boolean).length, columns.length)}</summary>
      <div class="columns">${columns.map(column)}</div>
    </details>
    ${blanks.length ? html`
      <label class="choice" for="trim"><input type="checkbox" id="trim"> <span>${words().trim(blanks.length, blanks[0])}</span></label>` : nothing}`;

  ask({
    title,
    body: () => html`
      <label for="file">${words().file}</label>
      <input type="file" id="file" accept=".xlsx,.csv,.txt,.tsv,text/csv" required aria-describedby="file-hint" @change=${() => load()}>
      <p class="hint" id="file-hint">${words().fileHint}</p>
      ${sheet ? preview(sheet) : nothing}`,
    action: words().check,
    submit: async signal => {
      await reading;
      if (!sheet.members.includes('name')) {
        throw new Error(words().noNames);
      }
      const isTrimmed = document.getElementById('trim')?.checked;
      await check(isTrimmed ? { ...sheet, rows: sheet.rows.map(row => ({ ...row, cells: row.cells.map(trimNames(sheet.members)) })) } : sheet, signal);
    },
  });
}

const blanksOf = ({ rows, members }) =>
  rows.flatMap(({ cells }) => cells.filter((text, index) => NAMES.includes(members[index]) && hasBlankEnd(text)));

const samples = (rows, index) => rows.slice(0, SAMPLES).map(({ cells }) => cells[index]).filter(Boolean).join(' · ');
const trimNames = members => (text, index) => (NAMES.includes(members[index]) ? trimmed(text) : text);
