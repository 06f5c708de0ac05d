import { html, live } from './lit.js';
import { words } from './i18n.js';
import { condition, isTime, OPERATORS, operatorsOf, withOperator } from './grammar.js';
import { options } from './options.js';
import { withPicker } from './time-input.js';
import { button, symbol, update } from './ui.js';
import { zone } from './zone.js';

/**
 * The form of a search.
 * @param draft the conditions and sorts, which the form modifies
 * @param fields the fields to search and to sort by
 */
export function queryBuilder(draft, fields, submit, reset) {
  const w = words();
  return html`
    <form class="builder" role="search" aria-label=${w.search} @submit=${event => { event.preventDefault(); submit(); }}>
      <fieldset>
        <legend>${w.conditions}</legend>
        ${draft.conditions.map((_, index) => conditionRow(draft.conditions, index, fields.query))}
      </fieldset>
      ${draft.sorts.length ? html`
        <fieldset>
          <legend>${w.order}</legend>
          ${draft.sorts.map((_, index) => sortRow(draft.sorts, index, fields.sort))}
        </fieldset>` : ''}
      <div class="actions">
        <button class="primary">${symbol('search')} ${w.search}</button>
        ${button({ label: w.reset, click: reset })}
        ${button({ label: w.addCondition, kind: 'quiet', click: change(() => draft.conditions.push(condition(fields.query[0]))) })}
        ${draft.sorts.length < fields.sort.length
          ? button({ label: w.addSort, kind: 'quiet', click: change(() => draft.sorts.push(unusedSort(draft.sorts, fields.sort))) })
          : ''}
        <details class="help"><summary>${symbol('help-circle')} ${w.searchHelp}</summary><p>${w.searchRules}</p></details>
      </div>
    </form>`;
}

function conditionRow(conditions, index, fields) {
  const w = words();
  const { name, op, values } = conditions[index];
  const set = changed => change(() => (conditions[index] = changed))();
  const setField = field => set(condition(field, operatorsOf(field).includes(op) ? op : undefined, values));
  return html`
    <div class="row condition" role="group" aria-label=${w.condition(index + 1)}>
      <select class="field" aria-label=${w.field} @change=${event => setField(event.target.value)}>
        ${options(fields.map(field => [field, w.fields[field]]), name)}
      </select>
      <select aria-label=${w.operator} @change=${event => set(withOperator(conditions[index], event.target.value))}>
        ${options(operatorsOf(name).map(sign => [sign, (isTime(name) && w.timeOperators[sign]) || w.operators[sign]]), op)}
      </select>
      ${values.map((_, valueIndex) => valueInput(conditions[index], valueIndex))}
      ${OPERATORS[op].values === Infinity
        ? button({ label: w.addValue, kind: 'quiet', click: change(() => values.push('')) })
        : ''}
      ${button({ label: '', icon: 'x', name: w.removeCondition(index + 1), kind: 'quiet', click: change(() => conditions.splice(index, 1)) })}
      ${op.endsWith('like') ? html`<p class="hint">${w.patternHint}</p>` : ''}
      ${isTime(name) && values.length ? html`<p class="hint">${w.timeZone(zone)}</p>` : ''}
    </div>`;
}

function valueInput({ name, op, values }, valueIndex) {
  const w = words();
  const input = html`
    <input type="text" aria-label=${w.value(valueIndex + 1)} placeholder=${isTime(name) ? w.timeFormat : ''} autocomplete="off"
      spellcheck="false" .value=${live(values[valueIndex])} @input=${event => (values[valueIndex] = event.target.value)}>`;
  return html`
    ${valueIndex > 0 ? html`<span class="joint">${op === 'between' ? w.and : w.or}</span>` : ''}
    <span class="value">
      ${isTime(name) ? withPicker(input) : input}
      ${valueIndex > 0 && op !== 'between'
        ? button({ label: '', icon: 'x', name: w.removeValue(valueIndex + 1), kind: 'quiet', click: change(() => values.splice(valueIndex, 1)) })
        : ''}
    </span>`;
}

function sortRow(sorts, index, fields) {
  const w = words();
  const { name, order } = sorts[index];
  const set = part => change(() => (sorts[index] = { name, order, ...part }))();
  return html`
    <div class="row" role="group" aria-label=${w.sort(index + 1)}>
      <select aria-label=${w.field} @change=${event => set({ name: event.target.value })}>
        ${options(fields.map(field => [field, w.fields[field]]), name)}
      </select>
      <select aria-label=${w.direction} @change=${event => set({ order: event.target.value })}>
        ${options([['asc', w.ascending], ['desc', w.descending]], order)}
      </select>
      ${button({ label: '', icon: 'x', name: w.removeSort(index + 1), kind: 'quiet', click: change(() => sorts.splice(index, 1)) })}
    </div>`;
}

const unusedSort = (sorts, fields) => ({ name: fields.find(field => sorts.every(sort => sort.name !== field)), order: 'asc' });

const change = edit => () => {
  edit();
  update();
};
