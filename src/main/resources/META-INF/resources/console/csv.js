import { language, words } from './i18n.js';

// A spreadsheet runs a cell that begins so as a formula. After an apostrophe, it is a text.
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'(?='*[=+\-@\t\r])/;

/** Downloads rows of cells as a file (RFC 4180, UTF-8). @param guard whether cells get an apostrophe before a formula */
export function download(fileName, rows, guard) {
  // The reader removes one apostrophe, so a cell that begins like a guarded one always gets another.
  const guarded = text => ((guard ? FORMULA : GUARDED).test(text) ? `'${text}` : text);
  const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(row => row.map(text => quoted(guarded(text))).join(',') + '\r\n');
  const href = URL.createObjectURL(new Blob(['\ufeff', ...lines], { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Reads a file into rows of cells without guards. Throws an Error with the row of a quotation mark that is out of place. */
export async function parse(file) {
  const text = decode(await file.arrayBuffer()) + '\n';
  const separator = separatorOf(text.split(/[\r\n]/, 1)[0]);
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\r\n][^${separator}\r\n]*)?)(${separator}|\r\n?|\n)`, 'y');
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

// Spreadsheets also save in the older encoding of their language. Such a text is not valid UTF-8.
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(language() === 'zh' ? 'gb18030' : 'windows-1252').decode(bytes);
  }
}

// Spreadsheets use a semicolon in languages with a decimal comma.
const separatorOf = header => [',', ';', '\t'].reduce((a, b) => (header.split(b).length > header.split(a).length ? b : a));
