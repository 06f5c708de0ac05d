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

/**
 * Sends entries as {@link send} does, without those that the service refuses one by one.
 * @param progress called with the entries that are done
 * @returns the refusals
 */
export async function sendOthers(method, apiPath, entries, progress, signal) {
  const refusals = [];
  for (let rest = entries, done; rest.length; rest = rest.slice(done)) {
    done = 0;
    try {
      await send(method, apiPath, rest, count => progress(rest.slice(0, (done = count))), signal);
    } catch (refusal) {
      const { index, text } = located(refusal);
      if (index === undefined) {
        throw refusal;
      }
      refusals.push(text);
      rest = rest.toSpliced(done + index, 1);
    }
  }
  return refusals;
}
