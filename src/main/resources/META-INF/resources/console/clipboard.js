import { words } from './i18n.js';
import { announce } from './ui.js';

/** Copies the text of an element. Browsers let pages do so in secure contexts alone; elsewhere it is only selected. */
export async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    announce(words().copied);
  } catch {
    getSelection().selectAllChildren(element);
    announce(words().selectedToCopy);
  }
}
