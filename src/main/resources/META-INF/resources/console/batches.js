import { change } from './api.js';

const MOST_ENTRIES = 1000;
// Less than the 1 MiB that the service takes: names of 255 emoji are long.
const MOST_BYTES = 900_000;

/** Entries in as few calls as the service's limits allow. */
export function split(entries) {
  const batches = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = new TextEncoder().encode(JSON.stringify(entry)).length + 1;
    if (bytes + size > MOST_BYTES || batches.at(-1).length === MOST_ENTRIES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1).push(entry);
    bytes += size;
  }
  return batches;
}

/**
 * Sends entries batch by batch, and no further one after a refusal. Each batch is done as a whole or not at all.
 * @param progress called with how many entries are done
 */
export async function send(method, where, entries, progress) {
  let done = 0;
  for (const batch of split(entries)) {
    await change(method, where, batch);
    done += batch.length;
    progress(done);
  }
}
