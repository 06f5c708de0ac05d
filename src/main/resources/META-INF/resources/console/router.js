// Where the colleague is, as the part of the address that browsers keep to themselves.

/** What an address of the console says: a place, by its segments, which may hold anything, and parameters. */
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
export const toNewCustomer = () => link(['new-customer']);

export function toCustomer({ name, groupName }) {
  return link(groupName ? ['customers', groupName, name] : ['customers', name]);
}

export function go(address) {
  location.hash = address;
}

// An address that somebody broke leads nowhere rather than to an error.
function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
