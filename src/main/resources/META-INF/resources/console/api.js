import { language, words } from './i18n.js';
import { keepTyped, renew } from './renewal.js';
import { bitkey, endSession } from './session.js';

export const BASE = new URL('../bitanswer/api', import.meta.url).href;

// A segment that is empty, "." or "..". The browser resolves dots, also encoded ones, so the request would be another call.
const UNADDRESSABLE = /\/\.{0,2}(\/|$)/;
const MALFORMED = 1001;
// No such path, group, customer. A name that no path can have is among them.
const MISSING = [MALFORMED, 1003, 2001, 2101];
const RETRIES = 3;
const MAX_PAUSE_SECONDS = 10;
const BUSY = [3001, 5001];
const UNKNOWN_KEY = [1101, 1102];
const GATEWAY_FAILURES = [502, 503, 504];

/** An API path below the base path. Segments can contain any characters; they are percent-encoded. */
export const path = (...segments) => '/' + segments.map(encodeURIComponent).join('/');

/** The API path of a customer. */
export const pathOf = ({ name, groupName }) =>
  groupName ? path('customers', groupName, name) : path('customers', name);

/** Sends a GET. Resolves to the data of the response, or throws an Error with the status of a refusal. */
export const read = (apiPath, query = {}, options = {}) => call('GET', apiPath, { query, ...options });

/** Whether a group or customer exists. */
export const exists = apiPath => read(apiPath).then(() => true, refusal => {
  if (MISSING.includes(refusal.status)) {
    return false;
  }
  throw refusal;
});

/** Sends a search. It has no idempotency key, because it changes nothing. */
export const search = (apiPath, query, body, options = {}) => call('POST', apiPath, { query, body, ...options });

/** Sends a change. All attempts have the same idempotency key, so it is done once. */
export const change = (method, apiPath, body) => call(method, apiPath, { body, idempotencyKey: randomId() });

// Retries when the service is busy or does not answer, after the time of Retry-After or with exponential backoff.
async function call(method, apiPath, { query, body, idempotencyKey, signal, background }) {
  if (UNADDRESSABLE.test(apiPath)) {
    throw refusal({ status: MALFORMED, message: words().nameRule });
  }
  const parameters = new URLSearchParams(query).toString();
  const url = BASE + apiPath + (parameters && `?${parameters}`);
  const request = { method, signal, headers: headers(body, idempotencyKey), body: body && JSON.stringify(body) };
  for (let retries = 0; ; retries++) {
    const answer = await attempt(url, request);
    if (answer.items) {
      return answer;
    }
    // The service has statuses of its own, so this one is that of a proxy whose session has ended. A call in the background
    // fails, because the user is typing.
    if (answer.status === 401 && !background && renew()) {
      return new Promise(() => {});
    }
    if (!answer.retryable || retries === RETRIES) {
      throw refusal(answer);
    }
    await pause(answer.seconds ?? 2 ** retries);
  }
}

function headers(body, idempotencyKey) {
  return new Headers({
    Accept: 'application/json',
    'Accept-Language': language(),
    ...(bitkey() && { bitkey: bitkey() }),
    ...(body && { 'Content-Type': 'application/json' }),
    ...(idempotencyKey && { 'x-bit-req-id': idempotencyKey }),
  });
}

async function attempt(url, request) {
  try {
    const response = await fetch(url, request);
    const envelope = await response.json().catch(() => ({}));
    return {
      ...envelope.data,
      status: envelope.status ?? response.status,
      message: envelope.msg ?? words().noAnswer,
      retryable: BUSY.includes(envelope.status) || (!envelope.status && GATEWAY_FAILURES.includes(response.status)),
      seconds: seconds(response.headers.get('Retry-After')),
    };
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    return { message: words().noAnswer, retryable: true };
  }
}

// A call that the service refused or did not answer. The message is that of the service, where it has one.
function refusal({ status, message }) {
  if (UNKNOWN_KEY.includes(status)) {
    keepTyped();
    endSession(message);
  }
  return Object.assign(new Error(message), { status });
}

const seconds = header => (/^\d+$/.test(header ?? '') ? Math.min(Number(header), MAX_PAUSE_SECONDS) : undefined);

const pause = duration => new Promise(resolve => setTimeout(resolve, duration * 1000));

// crypto.randomUUID exists in secure contexts only, and the console also works over plain HTTP.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
