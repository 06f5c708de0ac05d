import { language, words } from './i18n.js';
import { bitkey, end } from './session.js';

export const BASE = new URL('../bitanswer/api', import.meta.url).href;

const RETRIES = 3;
const LONGEST_PAUSE_SECONDS = 10;
const BUSY = [3001, 5001];
const UNKNOWN_KEY = [1101, 1102];
const GATEWAY_FAILURES = [502, 503, 504];

/** A call that was not done; its message is the service's own. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** A path below the base path, of segments that may hold anything. */
export const path = (...segments) => '/' + segments.map(encodeURIComponent).join('/');

export const read = (where, query = {}, options = {}) => call('GET', where, { query, ...options });

/** Sends a search, which changes nothing. */
export const search = (where, query, body, options = {}) => call('POST', where, { query, body, ...options });

/** Changes something, once: all attempts bear the same id. */
export const change = (method, where, body) => call(method, where, { body, requestId: randomId() });

async function call(method, where, { query = {}, body, requestId, signal }) {
  const url = BASE + where + (Object.keys(query).length ? `?${new URLSearchParams(query)}` : '');
  const request = { method, signal, headers: headers(body, requestId), body: body && JSON.stringify(body) };
  for (let retries = 0; ; retries++) {
    const answer = await attempt(url, request);
    if (answer.items) {
      return answer;
    }
    if (!answer.again || retries === RETRIES) {
      throw refusal(answer);
    }
    await pause(answer.seconds ?? 2 ** retries);
  }
}

function headers(body, requestId) {
  return new Headers({
    bitkey: bitkey() ?? '',
    'Accept-Language': language(),
    ...(body && { 'Content-Type': 'application/json' }),
    ...(requestId && { 'x-bit-req-id': requestId }),
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
      again: BUSY.includes(envelope.status) || (!envelope.status && GATEWAY_FAILURES.includes(response.status)),
      seconds: seconds(response.headers.get('Retry-After')),
    };
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    return { message: words().noAnswer, again: true };
  }
}

function refusal({ status, message }) {
  if (UNKNOWN_KEY.includes(status)) {
    end(message);
  }
  return new Refusal(status, message);
}

const seconds = header => (/^\d+$/.test(header ?? '') ? Math.min(Number(header), LONGEST_PAUSE_SECONDS) : undefined);

const pause = duration => new Promise(resolve => setTimeout(resolve, duration * 1000));

// crypto.randomUUID is there in secure contexts alone, and the service may well be reached by plain HTTP.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
