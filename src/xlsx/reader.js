import { strFromU8, unzipSync } from 'fflate';
import { numberText } from './number.js';
import { readXml } from './xml.js';

// "_x000D_" is the character of this number.
const unescaped = text => text.replace(/_x([\da-f]{4})_/gi, (escape, hex) => String.fromCharCode(parseInt(hex, 16)));

/**
 * Reads the first sheet of an XLSX file. A cell is the text that a spreadsheet shows. Each cell of a column that is merged
 * downwards has the text of the first one.
 * @returns {rows, faults}: faults[row][column] is the error of a cell, such as #N/A; empty for a formula without a value
 * @throws Error for a file of another form; its message is the media type of an OpenDocument file
 */
export function readSheet(bytes) {
  const parts = unzipSync(bytes);
  if (parts.mimetype) {
    throw new Error(strFromU8(parts.mimetype));
  }
  const xml = part => strFromU8(parts[part]).replace(/^\ufeff/, '');
  const relations = of => relationsOf(xml(of.replace(/[^/]*$/, '_rels/$&.rels')), of);
  const [workbook] = relations('').filter(({ type }) => type === 'officeDocument');
  const related = relations(workbook.part);
  const optional = (wanted, read) => related.filter(({ type }) => type === wanted).map(({ part }) => read(xml(part)))[0] ?? [];
  const { sheets, epoch } = workbookOf(xml(workbook.part));
  const sheet = related.find(({ id, type }) => id === sheets[0] && type === 'worksheet');
  return sheetOf(xml(sheet.part), {
    texts: optional('sharedStrings', textsOf),
    formats: optional('styles', formatsOf),
    epoch,
  });
}

function relationsOf(xml, of) {
  const relations = [];
  readXml(xml, {
    open: (name, { Id, Type, Target }) => name === 'Relationship' && relations.push({
      id: Id, type: Type.replace(/.*\//, ''), part: decodeURI(new URL(Target, `file:///${of}`).pathname.slice(1)),
    }),
  });
  return relations;
}

function workbookOf(xml) {
  const sheets = [];
  let epoch = 1900;
  readXml(xml, {
    open(name, { id, date1904 }) {
      if (name === 'sheet') {
        sheets.push(id);
      } else if (name === 'workbookPr' && ['1', 'true'].includes(date1904)) {
        epoch = 1904;
      }
    },
  });
  return { sheets, epoch };
}

// The texts that cells share. A text has pieces, and perhaps its pronunciation, which is no part of it.
function textsOf(xml) {
  const texts = [];
  let isPronunciation = false;
  readXml(xml, {
    open(name) {
      if (name === 'si') {
        texts.push('');
      } else if (name === 'rPh') {
        isPronunciation = true;
      }
    },
    close(name, text) {
      if (name === 't' && !isPronunciation) {
        texts.push(texts.pop() + unescaped(text));
      } else if (name === 'rPh') {
        isPronunciation = false;
      }
    },
  });
  return texts;
}

// The format of each style of cells: its code, or the number of one that all files share.
function formatsOf(xml) {
  const codes = {};
  const formats = [];
  let isOfCells = false;
  readXml(xml, {
    open(name, { numFmtId = '0', formatCode }) {
      if (name === 'numFmt') {
        codes[numFmtId] = formatCode;
      } else if (name === 'cellXfs') {
        isOfCells = true;
      } else if (name === 'xf' && isOfCells) {
        formats.push(codes[numFmtId] ?? Number(numFmtId));
      }
    },
    close(name) {
      isOfCells &&= name !== 'cellXfs';
    },
  });
  return formats;
}

function sheetOf(xml, { texts, formats, epoch }) {
  const rows = [];
  const faults = [];
  const merged = [];
  let row = -1;
  let cell = { column: -1 };
  let isPronunciation = false;

  function add({ column, t: type = 'n', s: style = 0, formula, value, inline }) {
    if (type === 'e' || (formula && (value === undefined || (type !== 'str' && value === '')))) {
      (faults[row] ??= {})[column] = value ?? '';
    }
    rows[row][column] = type === 's' ? texts[value]
      : type === 'inlineStr' ? inline
      : type === 'b' ? (value === '1' ? 'TRUE' : 'FALSE')
      : type === 'd' ? value.slice(0, 19).replace('T', ' ').replace(' 00:00:00', '')
      : type === 'n' && value ? numberText(value, formats[style] ?? 0, epoch)
      : unescaped(value ?? '');
  }

  readXml(xml, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r ? attributes.r - 1 : row + 1;
        rows[row] = [];
        cell = { column: -1 };
      } else if (name === 'c') {
        cell = { ...attributes, column: attributes.r ? columnOf(attributes.r) : cell.column + 1, inline: '' };
      } else if (name === 'f') {
        cell.formula = true;
      } else if (name === 'rPh') {
        isPronunciation = true;
      } else if (name === 'mergeCell') {
        merged.push(attributes.ref);
      }
    },
    close(name, text) {
      if (name === 'c') {
        add(cell);
      } else if (name === 'v') {
        cell.value = text;
      } else if (name === 't' && !isPronunciation) {
        cell.inline += unescaped(text);
      } else if (name === 'rPh') {
        isPronunciation = false;
      }
    },
  });
  for (const [first, last] of merged.map(ref => ref.split(':'))) {
    const column = columnOf(first);
    for (let below = rowOf(first) + 1; below <= rowOf(last) && below < rows.length; below++) {
      (rows[below] ??= [])[column] = rows[rowOf(first)]?.[column] ?? '';
      if (faults[rowOf(first)]?.[column] !== undefined) {
        (faults[below] ??= {})[column] = faults[rowOf(first)][column];
      }
    }
  }
  return { rows: Array.from(rows, (cells = []) => Array.from(cells, (text = '') => text)), faults };
}

const columnOf = reference => [...reference.replace(/[^A-Z]/gi, '').toUpperCase()]
  .reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const rowOf = reference => Number(reference.replace(/\D/g, '')) - 1;
