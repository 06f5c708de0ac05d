// What can be searched for (the service's search language), and how a search is put into a request and an address.

const MANY = Infinity;

/** The operators by their sign: how many values each takes, and whether it is for texts alone. "contains" is our own. */
export const OPERATORS = {
  contains: { values: MANY, text: true },
  '=': { values: MANY },
  '!=': { values: MANY },
  '>': { values: 1 },
  '>=': { values: 1 },
  '<': { values: 1 },
  '<=': { values: 1 },
  between: { values: 2 },
  like: { values: MANY, text: true },
  'not like': { values: MANY, text: true },
  'is null': { values: 0 },
  'is not null': { values: 0 },
};

export const GROUP_FIELDS = { query: ['name'], sort: ['name'] };
export const CUSTOMER_FIELDS = { query: ['name', 'groupName', 'referenceId', 'regDate'], sort: ['name', 'groupName', 'regDate'] };

export const isTime = field => field === 'regDate';

export const operatorsOf = field => Object.keys(OPERATORS).filter(op => !(isTime(field) && OPERATORS[op].text));

export const condition = (name, op = operatorsOf(name)[0], values = ['']) => withOperator({ name, values }, op);

/** A condition with another operator; it keeps as many of its values as that one takes. */
export function withOperator({ name, values }, op) {
  const most = OPERATORS[op].values;
  const least = Math.min(most, op === 'between' ? 2 : 1);
  const kept = values.slice(0, most);
  return { name, op, values: [...kept, ...Array(Math.max(0, least - kept.length)).fill('')] };
}

/** A text as a pattern that matches itself alone. */
export const literally = text => text.replace(/[\\%_]/g, '\\$&');

/** What the service is asked for. "contains" without a text asks for nothing. */
export function toRequest({ conditions, sorts }) {
  return {
    querys: conditions.filter(({ op, values }) => op !== 'contains' || values.some(Boolean)).map(toQuery),
    sorts,
  };
}

function toQuery({ name, op, values }) {
  return op === 'contains'
    ? { name, op: 'like', values: values.filter(Boolean).map(text => `%${literally(text)}%`) }
    : { name, op, values };
}

export const toParam = search => JSON.stringify(search);

/** The search of an address; a broken one, or none, is the search for everything. */
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
