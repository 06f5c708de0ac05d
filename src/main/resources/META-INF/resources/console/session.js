// The session storage belongs to one tab. The browser deletes the key with the tab. An empty key says that a proxy adds one
// to each call.
const KEY = 'bitkey';

let sessionEndHandler = () => {};

export const bitkey = () => sessionStorage.getItem(KEY);

export const startSession = key => sessionStorage.setItem(KEY, key);

/** Deletes the key. @param reason the message for the user, when the user did not sign out */
export function endSession(reason = '') {
  sessionStorage.removeItem(KEY);
  sessionEndHandler(reason);
}

export const onSessionEnd = handler => (sessionEndHandler = handler);
