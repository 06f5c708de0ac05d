// The libraries would start workers from texts, which the content security policy of the console forbids.
import { unzipSync, zipSync } from './node_modules/fflate/esm/browser.js';

export * from './node_modules/fflate/esm/browser.js';
export const unzip = (archive, done) => now(done, () => unzipSync(archive));
export const zip = (files, done) => now(done, () => zipSync(files));

function now(done, action) {
  let result;
  try {
    result = action();
  } catch (error) {
    return done(error);
  }
  done(null, result);
}
