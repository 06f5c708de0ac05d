// Spreadsheets as files. Each cell of a row is a text.
import { fromCsv, guarded, toCsv, unguarded } from './csv.js';
import { language, words } from './i18n.js';

/** The encodings that a text file can be read in. */
export const ENCODINGS = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'GB18030', 'Big5', 'Shift_JIS', 'Windows-1252'];

// A decoder puts it in the place of bytes that are not of its encoding.
const REPLACEMENT = '\ufffd';

const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

// The path is relative, because a proxy may add a prefix to it.
const library = () => import('../_static/xlsx/xlsx.js');

// In XLSX, "_x000D_" is the character of this number. XML cannot hold all characters, and changes a carriage return.
const ESCAPED = /_(?=x[\da-f]{4}_)|[\0-\x08\x0b-\x1f\ufffe\uffff]/gi;
const escape = sign => `_x${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`;

/** Downloads rows as a file. @param xlsx whether it is XLSX or CSV @param guard as that of a CSV file */
export async function save(name, rows, { xlsx, guard = true }) {
  const href = URL.createObjectURL(xlsx ? await toXlsx(rows) : toCsv(rows, guard));
  Object.assign(document.createElement('a'), { href, download: `${name}.${xlsx ? 'xlsx' : 'csv'}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

// A cell is a text, also an empty one, so that a postcode keeps its zeros and a formula does not run.
async function toXlsx(rows) {
  const { writeSheet } = await library();
  const cell = text => ({ value: guarded(text, false).replace(ESCAPED, escape), type: String, format: '@' });
  return writeSheet(rows.map(row => row.map(cell))).toBlob();
}

/**
 * Reads the first sheet of an XLSX file, or a text with separators.
 * @param encoding that of the text; where it is undefined, it is guessed
 * @returns {rows, faults, xlsx, encoding}, and guessed where nothing in the file says that it is this encoding;
 *     faults[row][column] is the error of a cell; empty for a formula without a value
 */
export async function open(file, encoding) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const begins = (...signs) => signs.every((sign, index) => bytes[index] === sign);
  if (begins(0x50, 0x4b)) {
    return { ...await fromXlsx(bytes), xlsx: true };
  }
  if (begins(0xd0, 0xcf)) {
    throw new Error(words().oldExcel);
  }
  const known = begins(0xff, 0xfe) ? 'UTF-16LE' : begins(0xfe, 0xff) ? 'UTF-16BE'
    : bytes.includes(0) ? (bytes[0] ? 'UTF-16LE' : 'UTF-16BE')
    : new TextDecoder().decode(bytes).includes(REPLACEMENT) ? undefined : 'UTF-8';
  // Spreadsheets also save in the older encoding of their language.
  const used = encoding ?? known ?? (language() === 'zh' ? 'GB18030' : 'Windows-1252');
  return { rows: fromCsv(new TextDecoder(used).decode(bytes)), faults: [], encoding: used, guessed: !known };
}

async function fromXlsx(bytes) {
  const { readSheet } = await library();
  try {
    const { rows, faults } = readSheet(bytes);
    return { rows: (rows.length ? rows : [[]]).map(row => row.map(unguarded)), faults };
  } catch (error) {
    throw new Error(error.message.startsWith(OPEN_DOCUMENT) ? words().openDocument : words().notXlsx);
  }
}
