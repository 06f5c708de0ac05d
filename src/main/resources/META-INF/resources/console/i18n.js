import { en } from './messages.en.js';
import { zh } from './messages.zh.js';

const CHOICE = 'console.language';
const DICTIONARIES = { en, zh };
const preferred = navigator.languages.map(tag => tag.split('-')[0]).find(tag => tag in DICTIONARIES) ?? 'en';

let chosen = localStorage.getItem(CHOICE) in DICTIONARIES ? localStorage.getItem(CHOICE) : preferred;
document.documentElement.lang = htmlLanguage();

export const language = () => chosen;

/** All that the console says, in the language of the moment. */
export const words = () => DICTIONARIES[chosen];

export const number = value => new Intl.NumberFormat(htmlLanguage()).format(value);

export function choose(language) {
  chosen = language;
  localStorage.setItem(CHOICE, language);
  document.documentElement.lang = htmlLanguage();
}

// Which glyphs a browser takes for Chinese depends on the script, which "zh" alone does not tell.
function htmlLanguage() {
  return chosen === 'zh' ? 'zh-Hans' : chosen;
}
