import { html, live, nothing } from './lit.js';
import { options, TIME_FORMAT, withPicker } from './forms.js';
import { condition, isTime, OPERATORS, operatorsOf, withOperator } from './grammar.js';
import { time, words } from './i18n.js';
import { button, symbol, update } from './ui.js';
import { zone } from './zone.js';

/**
 * The form of a search.
 * @param draft the conditions and sorts, which the form modifies
 * @param fields the fields to search and to sort by
 */
export function queryBuilder({ conditions, sorts }, fields, submit, reset) {
  const w = words();
  const unused = fields.sort.find(field => sorts.every(({ name }) => name !== field));
  return html`
    <form class="builder" role="search" aria-label=${w.search} @submit=${submit}>
      <fieldset>
        <legend>${w.conditions}</legend>
        ${conditions.map((_, index) => conditionRow(conditions, index, fields.query))}
      </fieldset>
      ${sorts.length ? html`
        <fieldset>
          <legend>${w.order}</legend>
          ${sorts.map((_, index) => sortRow(sorts, index, fields.sort))}
        </fieldset>` : ''}
      <div class="actions">
        <button class="primary">${symbol('search')} ${w.search}</button>
        ${button({ label: w.reset, click: reset })}
        ${adder(w.adding.condition, conditions, condition(fields.query[0]))}
        ${unused ? adder(w.adding.sort, sorts, { name: unused, order: 'asc' }) : ''}
        <details class="help"><summary>${symbol('help-circle')} ${w.searchHelp}</summary><p>${w.searchRules}</p></details>
      </div>
    </form>`;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;
// Periods that end today, by the number of their days before today.
const PERIODS = { today: () => 0, week: () => 6, days: () => 29, month: today => today.slice(8) - 1 };

function conditionRow(conditions, index, fields) {
  const w = words();
  const { name, op, values } = conditions[index];
  const set = changed => change(() => (conditions[index] = changed));
  const setField = field => set(condition(field, operatorsOf(field).includes(op) ? op : undefined, values));
  const setOperator = sign => set(withOperator(conditions[index], sign));
  const operator = sign => w.operators[sign][isTime(name) ? 'time' : 'text'] ?? w.operators[sign];
  const part = `${w.condition} ${index + 1}`;
  const period = ([label, daysBefore]) => button({ label: w.periods[label], kind: 'quiet', click: ({ currentTarget }) => {
    const today = time(new Date()).slice(0, 10);
    const first = new Date(Date.parse(today) - daysBefore(today) * DAY_MILLIS).toISOString().slice(0, 10);
    set(condition(name, 'between', [first, today]));
    currentTarget.form.requestSubmit();
  } });
  return html`
    <div class="row condition" role="group" aria-label=${part}>
      ${select(w.field, fields.map(field => [field, w.fields[field]]), name, setField)}
      ${select(w.operator, operatorsOf(name).map(sign => [sign, operator(sign)]), op, setOperator)}
      ${values.map((_, valueIndex) => valueInput(conditions[index], valueIndex))}
      ${OPERATORS[op].values === Infinity ? adder(w.adding.or, values, '') : ''}
      ${remover(part, conditions, index)}
      ${op.endsWith('like') ? html`<p class="hint">${w.patternHint}</p>` : ''}
      ${isTime(name) ? html`<span class="actions">${Object.entries(PERIODS).map(period)}</span>` : ''}
      ${isTime(name) && values.length ? html`<p class="hint">${w.timeZone(zone)}</p>` : ''}
    </div>`;
}

function valueInput({ name, op, values }, index) {
  const w = words();
  const part = `${w.value} ${index + 1}`;
  const input = html`
    <input type="text" aria-label=${part} placeholder=${isTime(name) ? TIME_FORMAT : ''} autocomplete="off"
      spellcheck="false" list=${name === 'groupName' ? 'group-names' : nothing} .value=${live(values[index])} @input=${event => (values[index] = event.target.value)}>`;
  return html`
    ${index > 0 ? html`<span class="joint">${op === 'between' ? w.and : w.or}</span>` : ''}
    <span class="value">
      ${isTime(name) ? withPicker(input, op === 'between' ? 'date' : undefined) : input}
      ${index > 0 && op !== 'between' ? remover(part, values, index) : ''}
    </span>`;
}

function sortRow(sorts, index, fields) {
  const w = words();
  const { name, order } = sorts[index];
  const set = changed => change(() => (sorts[index] = { name, order, ...changed }));
  const free = fields.filter(field => field === name || sorts.every(sort => sort.name !== field));
  const part = `${w.sort} ${index + 1}`;
  return html`
    <div class="row" role="group" aria-label=${part}>
      ${select(w.field, free.map(field => [field, w.fields[field]]), name, field => set({ name: field }))}
      ${select(w.direction, [['asc', w.ascending], ['desc', w.descending]], order, direction => set({ order: direction }))}
      ${remover(part, sorts, index)}
    </div>`;
}

const select = (label, choices, chosen, choose) => html`
  <select aria-label=${label} @change=${event => choose(event.target.value)}>${options(choices, chosen)}</select>`;

const adder = (label, parts, part) =>
  button({ label, kind: 'quiet', click: () => change(() => parts.push(part)) });

const remover = (part, parts, index) =>
  button({
    label: '', icon: 'x', name: words().removePart(part), kind: 'quiet',
    click: () => change(() => parts.splice(index, 1)),
  });

function change(edit) {
  edit();
  update();
}
