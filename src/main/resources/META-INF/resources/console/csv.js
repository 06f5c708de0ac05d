import { words } from './i18n.js';

// A spreadsheet runs a cell that begins so as a formula. After an apostrophe, it is a text. In a spreadsheet that splits a line
// at another separator, a cell begins in the middle of a text.
const FORMULA = /^(?='*[=+\-@\t\r])|(?<=[;\t\r\n])(?='*[=+\-@])/g;
const GUARDED = /^(?='+[=+\-@\t\r])|(?<=[;\t\r\n])(?='+[=+\-@])/g;
const GUARD = /^'(?='*[=+\-@\t\r])|(?<=[;\t\r\n])'(?='*[=+\-@])/g;
// With this line, Excel tells the separator. It does not count it as a row.
const SEPARATOR_LINE = /^sep=(.)(\r\n?|\n)/i;
const SEPARATORS = [',', ';', '\t'];
const MAX_TITLE_LINES = 20;

/**
 * A text with an apostrophe before each formula. Without a guard, only a text that looks guarded gets another apostrophe,
 * because the import removes one.
 */
export const guarded = (text, guard) => text.replace(guard ? FORMULA : GUARDED, "'");

/** A text without the guard that an export has added. Spreadsheets keep it when they save the file in another form. */
export const unguarded = text => text.replace(GUARD, '');

/** Rows of cells as a file (RFC 4180, UTF-8). @param guard whether cells get an apostrophe before a formula */
export function toCsv(rows, guard) {
  const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(row => row.map(text => quoted(guarded(text, guard))).join(',') + '\r\n');
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
    rows.at(-1).push(unguarded(quoted?.replaceAll('""', '"') ?? plain));
    if (end !== separator) {
      rows.push([]);
    }
  }
  return rows;
}

// Spreadsheets use a semicolon in languages with a decimal comma. A title above the header has no separator.
const separatorOf = lines => SEPARATORS.map(sign => [sign, Math.max(...lines.map(line => line.split(sign).length))])
  .reduce((a, b) => (b[1] > a[1] ? b : a))[0];
