import { words } from './i18n.js';
import { announce } from './ui.js';

/** Copies the text of an element. Outside of secure contexts, browsers do not allow it; the text is selected then. */
export async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    announce(() => words().copied);
  } catch {
    getSelection().selectAllChildren(element);
    announce(() => words().selectedToCopy);
  }
}
