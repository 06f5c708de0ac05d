// The search language of the service. Do not edit: SearchLanguageTest prints this file when it is out of date.

export const OPERATORS = {
  '=': { values: Infinity },
  '!=': { values: Infinity },
  '>': { values: 1 },
  '>=': { values: 1 },
  '<': { values: 1 },
  '<=': { values: 1 },
  'between': { values: 2 },
  'like': { values: Infinity, text: true },
  'not like': { values: Infinity, text: true },
  'contains': { values: Infinity, text: true },
  'is null': { values: 0 },
  'is not null': { values: 0 },
};

export const GROUP_FIELDS = { query: ['name'], sort: ['name'], time: [] };
export const CUSTOMER_FIELDS = { query: ['name', 'groupName', 'description', 'regDate', 'officeNumber', 'mobileNumber', 'email', 'address', 'city', 'country', 'postcode', 'contact', 'referenceId'], sort: ['name', 'groupName', 'regDate'], time: ['regDate'] };
