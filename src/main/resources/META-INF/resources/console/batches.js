import { change } from './api.js';

export const MAX_ENTRIES = 1000;
// Less than the limit of the service, which is 1 MiB. 1000 entries with long names can be larger than that.
const MAX_BYTES = 900_000;
// No such path, group, customer: the service refuses one entry, and would not refuse the others.
const OF_ONE_ENTRY = [1003, 2001, 2101];

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
 * Sends entries batch by batch, and stops at the first refusal. Each batch is done as a whole or not at all.
 * @param progress called after each batch with the number of entries that are done, and of all
 * @param signal stops it before the next batch
 */
export async function send(method, apiPath, entries, progress, signal) {
  let done = 0;
  for (const batch of split(entries)) {
    signal?.throwIfAborted();
    await change(method, apiPath, batch);
    done += batch.length;
    progress(done, entries.length);
  }
}

/** Makes a call for each entry until the signal, where there is no batch. @returns the refusals, none of which stops the others */
export async function sendEach(entries, call, signal) {
  const refusals = [];
  for (let i = 0; i < entries.length && !signal.aborted; i++) {
    await call(entries[i]).catch(refusal => {
      if (!OF_ONE_ENTRY.includes(refusal.status)) {
        throw refusal;
      }
      refusals.push(refusal.message);
    });
  }
  return refusals;
}
