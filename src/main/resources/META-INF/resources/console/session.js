// The key is this tab's alone, and gone with it.
const KEY = 'bitkey';

let whenEnded = () => {};

export const bitkey = () => sessionStorage.getItem(KEY);

export function begin(key) {
  sessionStorage.setItem(KEY, key);
}

/** Forgets the key. @param reason why, when it was not the colleague's wish */
export function end(reason = '') {
  sessionStorage.removeItem(KEY);
  whenEnded(reason);
}

export function onEnd(handler) {
  whenEnded = handler;
}
