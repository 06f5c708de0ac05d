import { change } from './api.js';
import { located } from './refusal.js';

const MAX_ENTRIES = 1000;
// Less than the limit of the service, which is 1 MiB. 1000 entries with long names can be larger than that.
const MAX_BYTES = 900_000;

/** Splits entries into as few batches as the limits of the service allow. */
export function split(entries, maxEntries = MAX_ENTRIES) {
  const batches = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = new TextEncoder().encode(JSON.stringify(entry)).length + 1;
    if (bytes + size > MAX_BYTES || batches.at(-1).length === maxEntries) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1).push(entry);
    bytes += size;
  }
  return batches;
}

/**
 * Sends entries batch by batch, until the signal is aborted. Each batch is done as a whole or not at all.
 * @param progress called after each batch with the number of entries that are done
 * @param refused called with a refused entry and the refusal, before the others are sent; without it, a refusal is thrown
 */
export async function send(method, apiPath, entries, progress, { refused, signal } = {}) {
  let done = 0;
  for (const batch of split(entries)) {
    for (let rest = batch; rest.length; ) {
      signal?.throwIfAborted();
      rest = await change(method, apiPath, rest).then(() => [], refusal => withoutRefused(rest, refusal, refused));
    }
    done += batch.length;
    progress(done);
  }
}

function withoutRefused(entries, refusal, refused) {
  const { index } = located(refusal);
  if (!refused || index === undefined) {
    throw refusal;
  }
  refused(entries[index], refusal);
  return entries.toSpliced(index, 1);
}
