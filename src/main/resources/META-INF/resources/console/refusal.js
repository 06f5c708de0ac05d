import { words } from './i18n.js';

const REFERENCE_TAKEN = 2103;

/** Where a body is at fault, as the service tells it: {index, member, text}. Without a place, it has a text alone. */
export function located({ status, message }) {
  // A body that is not a batch has no member but the name.
  const [, index, named, name, text = message] = /^(?:\[(\d+)\](?:\.(\w+))?|(name)): (.*)$/s.exec(message) ?? [];
  return { index: index && Number(index), member: status === REFERENCE_TAKEN ? 'referenceId' : named === 'newName' ? 'name' : named ?? name, text };
}

/** The text of a refusal, with the label of the field that it is about, unless the text names it. */
export function explained(refusal) {
  const { member, text } = located(refusal);
  const label = words().fields[member];
  return label && !text.includes(label) ? inField(member, text) : text;
}

/** A text about a field. */
export const inField = (member, text) => words().labelled(words().fields[member], text);

/** Marks the field that a refusal is about, and no other one. Its id is the name of the member. @param refusal null for none */
export function markField(refusal) {
  document.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
  const field = refusal && document.getElementById(located(refusal).member);
  field?.setAttribute('aria-invalid', 'true');
  field?.focus();
}
