import { language, words } from './i18n.js';
import { renew } from './renewal.js';
import { bitkey, endSession } from './session.js';

export const BASE = new URL('../bitanswer/api', import.meta.url).href;

// A segment that is empty, "." or "..". The browser resolves dots, also encoded ones, so the request would be another call.
const UNADDRESSABLE = /\/\.{0,2}(\/|$)/;
const MALFORMED = 1001;
const RETRIES = 3;
const MAX_PAUSE_SECONDS = 10;
const BUSY = [3001, 5001];
const UNKNOWN_KEY = [1101, 1102];
const GATEWAY_FAILURES = [502, 503, 504];

/** A call that the service refused or did not answer. The message is that of the service, where it has one. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** An API path below the base path. Segments can contain any characters; they are percent-encoded. */
export const path = (...segments) => '/' + segments.map(encodeURIComponent).join('/');

/** Sends a GET. Resolves to the data of the response, or throws a Refusal. */
export const read = (apiPath, query = {}, options = {}) => callApi('GET', apiPath, { query, ...options });

/** Sends a search. It has no idempotency key, because it changes nothing. */
export const search = (apiPath, query, body, options = {}) => callApi('POST', apiPath, { query, body, ...options });

/** Sends a change. All attempts have the same idempotency key, so it is done once. */
export const change = (method, apiPath, body) => callApi(method, apiPath, { body, idempotencyKey: randomId() });

async function callApi(method, apiPath, options) {
  if (UNADDRESSABLE.test(apiPath)) {
    throw new Refusal(MALFORMED, words().notAName);
  }
  return call(method, BASE + apiPath, options);
}

// Retries when the service is busy or does not answer, after the time of Retry-After or with exponential backoff.
async function call(method, address, { query = {}, body, idempotencyKey, signal, background }) {
  const url = address + (Object.keys(query).length ? `?${new URLSearchParams(query)}` : '');
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

function refusal({ status, message }) {
  if (UNKNOWN_KEY.includes(status)) {
    endSession(message);
  }
  return new Refusal(status, message);
}

const seconds = header => (/^\d+$/.test(header ?? '') ? Math.min(Number(header), MAX_PAUSE_SECONDS) : undefined);

const pause = duration => new Promise(resolve => setTimeout(resolve, duration * 1000));

// crypto.randomUUID exists in secure contexts only, and the console also works over plain HTTP.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
