import { Parser } from 'saxen';

const ENTITIES = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

// Saxen decodes no number of a character beyond U+FFFF.
const decoded = text => text.replace(/\r\n?/g, '\n').replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal, hex, name) =>
  name ? ENTITIES[name] ?? entity : String.fromCodePoint(decimal ?? parseInt(hex, 16)));

const local = name => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML, and throws an Error when it is malformed. All names are without prefixes.
 * @param open called with the name and the attributes of each element
 * @param close called with the name of each element and the text in it that is in no other element
 */
export function readXml(xml, { open, close = () => {} }) {
  const texts = [];
  const append = text => texts.push(texts.pop() + text);
  const parser = new Parser();
  parser.on('error', error => { throw error; });
  parser.on('openTag', (name, attributes) => {
    texts.push('');
    open(local(name), Object.fromEntries(Object.entries(attributes()).map(([key, text]) => [local(key), decoded(text)])));
  });
  parser.on('text', text => append(decoded(text)));
  parser.on('cdata', append);
  parser.on('closeTag', name => close(local(name), texts.pop()));
  parser.parse(xml);
}
