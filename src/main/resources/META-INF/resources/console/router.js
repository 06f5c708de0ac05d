// The current place of the user, which is the part of the address after "#". Browsers do not send it to the server.

/** Parses an address of the console: a place, its segments, which can contain any characters, and parameters. */
export function parse(hash) {
  const [place, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { place, segments: place.split('/').map(decode), params: new URLSearchParams(query) };
}

function link(segments, params = {}) {
  const query = new URLSearchParams(params).toString();
  return `#/${segments.map(encodeURIComponent).join('/')}${query && `?${query}`}`;
}

export const toGroups = params => link(['groups'], params);
export const toMembers = (group, params) => link(['groups', group], params);
export const toCustomers = params => link(['customers'], params);
export const toChanges = params => link(['changes'], params);
export const toNewCustomer = () => link(['new-customer']);

export function toCustomer({ name, groupName }) {
  return link(groupName ? ['customers', groupName, name] : ['customers', name]);
}

let left = '';

/** Remembers the address of a list that the user leaves for a customer. */
export const leave = address => (left = address);

/** The address of a list, with the search and the page where the user left it. */
export const asLeft = address => (parse(left).place === parse(address).place ? left : address);

/** Opens the current place again, so that it shows what has changed. */
export const revisit = () => dispatchEvent(new HashChangeEvent('hashchange'));

let arrival = '';

/** Opens a place. @param notice returns the text of a notice that is shown there */
export function go(address, notice = '') {
  arrival = notice;
  location.hash = address;
}

/** The notice for the place that is opened. It is for the first one only. */
export function takeNotice() {
  const notice = arrival;
  arrival = '';
  return notice;
}

// A segment with broken percent-encoding is used as it is, so that the page does not fail.
function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
