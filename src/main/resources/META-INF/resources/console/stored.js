import { split } from './batches.js';
import { everyItem } from './exporting.js';
import { condition } from './grammar.js';
import { key } from './selection.js';

// A search has at most 1000 values, and each page adds some.
const MAX_VALUES = 500;

/**
 * The stored groups or customers that have the names of items, by key.
 * @param progress called after each call with the number of calls, and of all
 */
export async function stored(resource, items, progress = () => {}, signal = undefined) {
  const found = new Map();
  const batches = split([...new Set(items.map(({ name }) => name))], MAX_VALUES);
  for (const [index, batch] of batches.entries()) {
    for await (const [page] of everyItem(resource, [condition('name', '=', batch)], signal)) {
      page.forEach(item => found.set(key(item), item));
    }
    progress(index + 1, batches.length);
  }
  return found;
}
