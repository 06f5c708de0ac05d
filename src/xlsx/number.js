// How a spreadsheet shows a number, as far as it matters for names, numbers of telephones and times. Other formats, such as
// that of an amount, do not count: the number counts.
const DAY = 86_400_000;
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
// Excel has a 29th of February in 1900.
const FIRST_OF_MARCH_1900 = 61;

// Colours, conditions and languages, a blank as wide as a sign, and a sign that fills the cell.
const NOT_SHOWN = /\[(?![hms]+\])[^\]]*\]|[_*]./gi;
const LITERAL = /"[^"]*"|\\./g;
const PLACEHOLDER = /^[0#]$/;
const OTHER_PLACEHOLDER = /^[.,%?@e]$/i;

/** The text of a number. @param format the code of the format, or the number of one that all files share @param epoch 1900 or 1904 */
export function numberText(value, format, epoch) {
  const code = String(format).split(';')[0].replace(NOT_SHOWN, '');
  if (isDate(format, code)) {
    return dateText(Number(value), epoch) ?? value;
  }
  return /^\d+$/.test(value) ? digits(value, code) : String(Number(value));
}

// The formats 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean.
const isDate = (format, code) => typeof format === 'number'
  ? [[14, 22], [27, 36], [45, 47], [50, 58]].some(([first, last]) => first <= format && format <= last)
  : /[ymdhs]/i.test(code.replace(LITERAL, ''));

// A day has no time. Excel has fractions of a day, which are not exact.
function dateText(days, epoch) {
  const skipped = epoch === 1900 && days < FIRST_OF_MARCH_1900 ? 1 : 0;
  const date = new Date(Math.round((EPOCHS[epoch] + (days + skipped) * DAY) / 1000) * 1000);
  return isNaN(date) ? undefined : date.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
}

// 000000 keeps the zeros before a number, and 000-0000 has signs between its digits.
function digits(value, code) {
  const signs = code.match(/"[^"]*"|\\.|[^]/g) ?? [];
  const first = signs.findIndex(sign => PLACEHOLDER.test(sign));
  if (first < 0 || /general/i.test(code) || signs.some(sign => OTHER_PLACEHOLDER.test(sign))) {
    return value;
  }
  let rest = value;
  return signs.reduceRight((shown, sign, index) => {
    if (!PLACEHOLDER.test(sign)) {
      return sign.replace(/^"(.*)"$|^\\/, '$1') + shown;
    }
    const digit = index === first ? rest : rest.slice(-1);
    rest = rest.slice(0, rest.length - digit.length);
    return (digit || sign.replace('#', '')) + shown;
  }, '');
}
