// The search language of the API, and how a search becomes a request and a part of the page's address.

import { CUSTOMER_FIELDS, OPERATORS as SERVICE_OPERATORS } from './search-language.js';

/** The operators: the most values of each, and whether it is for texts only. The first one is what the user sees first. */
export const OPERATORS = { contains: SERVICE_OPERATORS.contains, ...SERVICE_OPERATORS };

export const isTime = field => CUSTOMER_FIELDS.time.includes(field);

export const operatorsOf = field => Object.keys(OPERATORS).filter(op => !(isTime(field) && OPERATORS[op].text));

export const condition = (name, op = operatorsOf(name)[0], values = ['']) => withOperator({ name, values }, op);

/** A condition with another operator. It keeps as many of its values as the new operator takes. */
export function withOperator({ name, values }, op) {
  const max = OPERATORS[op].values;
  const min = Math.min(max, op === 'between' ? 2 : 1);
  const kept = values.slice(0, max);
  return { name, op, values: [...kept, ...Array(Math.max(0, min - kept.length)).fill('')] };
}

/** The request body of a search. A "contains" without a text is left out. */
export function toRequest({ conditions, sorts }) {
  return {
    querys: conditions.filter(({ op, values }) => op !== 'contains' || values.some(Boolean)).map(toQuery),
    sorts,
  };
}

// A day means all of it, also as the end of a range.
const LAST = { between: 1, '<=': 0, '>': 0 };
const toEnd = (text, index, op) => (index === LAST[op] && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text} 23:59:59` : text);

const toQuery = ({ name, op, values }) => ({
  name,
  op,
  values: op === 'contains' ? values.filter(Boolean)
    : isTime(name) ? values.map((text, index) => toEnd(text.trim(), index, op))
    : values,
});

export const toParam = search => JSON.stringify(search);

/** Reads the search of an address. Without a search, or with a broken one, it returns the search for everything. */
export function fromParam(param, fields) {
  try {
    const { conditions, sorts } = JSON.parse(param);
    return {
      conditions: conditions.map(({ name, op, values }) => condition(name, op, values.map(String))),
      sorts: sorts.map(({ name, order }) => ({ name, order })),
    };
  } catch {
    return { conditions: [condition(fields.query[0])], sorts: [] };
  }
}
