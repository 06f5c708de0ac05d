// A tab that the user opens from a link of the console gets the key of the tab with the link. No other tab does.
import { bitkey, startSession } from './session.js';

const WAIT_MILLIS = 200;
const OFFER_MILLIS = 60_000;

const channel = new BroadcastChannel('console');
let offered = null;
let answered = () => {};

channel.onmessage = ({ data: { asked, given, key } }) => {
  if (asked && asked === offered) {
    offered = null;
    channel.postMessage({ given: asked, key: bitkey() });
  } else if (given === location.hash && bitkey() === null) {
    startSession(key);
    answered();
  }
};

// What opens a link elsewhere: a modifier key, another mouse button, or the menu of the browser.
function offer({ type, target, ctrlKey, metaKey, shiftKey }) {
  const link = target.closest('a[href^="#/"]');
  if (link && bitkey() && (type !== 'click' || ctrlKey || metaKey || shiftKey)) {
    offered = link.hash;
    setTimeout(() => offered === link.hash && (offered = null), OFFER_MILLIS);
  }
}

['click', 'auxclick', 'contextmenu'].forEach(type => addEventListener(type, offer));

/** Asks the other tabs for the key of this address. Resolves when one has answered, or soon. */
export const askOtherTabs = () => new Promise(resolve => {
  answered = resolve;
  channel.postMessage({ asked: location.hash });
  setTimeout(resolve, WAIT_MILLIS);
});
