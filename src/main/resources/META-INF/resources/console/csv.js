import { words } from './i18n.js';

// A spreadsheet runs a cell that begins so as a formula. After an apostrophe, it is a text.
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'(?='*[=+\-@\t\r])/;
// With this line, Excel tells the separator. It does not count it as a row.
const SEPARATOR_LINE = /^sep=(.)(\r\n?|\n)/i;
const SEPARATORS = [',', ';', '\t'];
const MAX_TITLE_LINES = 20;

/** Rows of cells as a file (RFC 4180, UTF-8). @param guard whether cells get an apostrophe before a formula */
export function toCsv(rows, guard) {
  // The reader removes one apostrophe, so a cell that begins like a guarded one always gets another.
  const guarded = text => ((guard ? FORMULA : GUARDED).test(text) ? `'${text}` : text);
  const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(row => row.map(text => quoted(guarded(text))).join(',') + '\r\n');
  return new Blob(['\ufeff', ...lines], { type: 'text/csv' });
}

/** Reads a text into rows of cells without guards. Throws an Error with the row of a quotation mark that is out of place. */
export function fromCsv(file) {
  const [line = '', named] = SEPARATOR_LINE.exec(file) ?? [];
  const text = file.slice(line.length) + '\n';
  const separator = named ?? separatorOf(text.split(/[\r\n]+/, MAX_TITLE_LINES));
  const sign = separator.replace(/[\\\]^-]/, '\\$&');
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${sign}\r\n][^${sign}\r\n]*)?)([${sign}]|\r\n?|\n)`, 'y');
  const rows = [[]];
  while (cell.lastIndex < text.length) {
    const [, quoted, plain = '', end] = cell.exec(text) ?? [];
    if (!end) {
      throw new Error(words().inLine(rows.length, words().badQuotes));
    }
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(GUARDED, ''));
    if (end !== separator) {
      rows.push([]);
    }
  }
  return rows;
}

// Spreadsheets use a semicolon in languages with a decimal comma. A title above the header has no separator.
const separatorOf = lines => SEPARATORS.map(sign => [sign, Math.max(...lines.map(line => line.split(sign).length))])
  .reduce((a, b) => (b[1] > a[1] ? b : a))[0];
