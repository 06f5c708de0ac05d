import { html, nothing } from './lit.js';
import { callerShown, identify, mayChange } from './caller.js';
import { changes } from './changes.js';
import { customer } from './customer.js';
import { customers } from './customers.js';
import { close, dialog } from './dialog.js';
import { findBox, isFinding, showFound } from './find.js';
import { edited, mayLeave } from './forms.js';
import { groupNames } from './group-input.js';
import { groups } from './groups.js';
import { askWhetherRecorded, isRecorded } from './history.js';
import { choose, language, words } from './i18n.js';
import { members } from './members.js';
import { newCustomer } from './new-customer.js';
import { restore } from './renewal.js';
import { leave, parse, takeNotice, toChanges, toCustomers, toGroups } from './router.js';
import { askOtherTabs } from './second-tab.js';
import { bitkey, endSession, onSessionEnd, startSession } from './session.js';
import { signIn } from './sign-in.js';
import { announce, button, focusAsLeft, focusHeading, noticeBoard, rendered, show, update } from './ui.js';

const MISSING_KEY = 1101;

let view = null;
let place = null;
let address = '';
// The list that the user left for a customer. Its address opens it as it was.
let list = null;
let reason = '';
let ready = false;

// The views of places, by the first segment of an address and the number of the others.
const VIEWS = {
  'groups/1': members,
  'customers/0': customers,
  'customers/1': name => customer(name, undefined, list?.view.selection),
  'customers/2': (group, name) => customer(name, group, list?.view.selection),
  'new-customer/0': () => (mayChange() ? newCustomer() : customers()),
  'changes/0': changes,
};

const viewOf = ([first, ...others]) => (VIEWS[`${first}/${others.length}`] ?? groups)(...others);

// Another page of the same place keeps the view, and with it the selection.
function enter() {
  if (bitkey() === null) {
    return;
  }
  askWhetherRecorded();
  const opened = parse(location.hash);
  const placeChanged = place !== opened.place;
  const back = placeChanged && list?.address === location.hash && list;
  if (placeChanged) {
    close();
    announce(takeNotice());
    if (view?.selection) {
      list = { view, address, scroll: scrollY };
      leave(address);
    }
    view = back ? back.view : viewOf(opened.segments);
  }
  const from = address;
  ({ place } = opened);
  address = location.hash;
  showFound(opened);
  view.enter(opened.params);
  update();
  if (back) {
    focusAsLeft(back.scroll, from);
  } else if (placeChanged && !isFinding()) {
    focusHeading();
  }
}

function move({ oldURL }) {
  if (place === parse(location.hash).place || mayLeave()) {
    enter();
  } else {
    history.pushState(null, '', oldURL);
  }
}

// A proxy ends its session at a path of the console. The browser asks before edits are lost.
function signOut() {
  if (!bitkey()) {
    location.assign(new URL('sign-out', import.meta.url));
  } else if (mayLeave()) {
    endSession();
  }
}

function signedOut(message) {
  close();
  view = place = list = null;
  leave('');
  reason = message;
  announce('');
  focusKey();
}

const focusKey = () => rendered().then(() => document.getElementById('bitkey')?.focus());

function toggleLanguage() {
  choose(language() === 'zh' ? 'en' : 'zh');
  update();
}

const languageSwitch = () => html`
  <button type="button" class="quiet" lang=${language() === 'zh' ? 'en' : 'zh-Hans'} @click=${toggleLanguage}>${words().otherLanguage}</button>`;

const tabOf = place => (/^(new-customer|customers)/.test(place) ? 'customers' : place === 'changes' ? 'changes' : 'groups');

const tab = (address, label, first) => html`
  <a href=${address} aria-current=${tabOf(place) === first ? 'page' : nothing}>${label}</a>`;

const bar = () => html`
  <header>
    <strong><img src="icon.svg" alt=""> <span>${words().product}</span></strong>
    ${view ? html`<nav aria-label=${words().main}>${tab(toGroups(), words().groups, 'groups')} ${tab(toCustomers(), words().customers, 'customers')}
      ${isRecorded() ? tab(toChanges(), words().recorded, 'changes') : nothing}</nav>` : nothing}
    ${view ? findBox() : html`<span class="spacer"></span>`}
    ${view ? callerShown() : nothing}
    ${languageSwitch()}
    ${view ? button({ label: html`<span>${words().signOut}</span>`, icon: 'logout', kind: 'quiet', click: signOut }) : nothing}
  </header>`;

function page() {
  document.title = view ? `${view.title()} · ${words().product}` : words().product;
  return html`
    <a class="skip" href="#main" @click=${skip}>${words().skip}</a>
    ${bar()}
    ${view ? html`<main id="main" tabindex="-1">${view.template()}</main>` : ready ? signIn(reason, () => { restore(); enter(); }) : html`<main id="main"><p role="status">${words().loading}</p></main>`}
    ${noticeBoard()} ${groupNames()}
    ${dialog()}`;
}

// A plain link to #main would change the part of the address after '#', which holds the place.
function skip(event) {
  event.preventDefault();
  document.getElementById('main').querySelector('h1').focus();
}

onSessionEnd(signedOut);
addEventListener('hashchange', move);
addEventListener('beforeunload', event => edited().length && event.preventDefault());
history.scrollRestoration = 'manual';
show(page);
// The console knows what the key allows before it shows what is for changes. Without a key of this tab, a proxy may add one.
try {
  await (bitkey() === null && askOtherTabs());
  await identify();
  startSession(bitkey() ?? '');
  restore();
} catch ({ status, message }) {
  // Where there is a key of this tab, the lists say why.
  reason = status === MISSING_KEY ? '' : message;
}
ready = true;
enter();
focusKey();
update();
