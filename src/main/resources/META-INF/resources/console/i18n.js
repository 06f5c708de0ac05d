import { en } from './messages.en.js';
import { zh } from './messages.zh.js';
import { zone } from './zone.js';

const STORAGE_KEY = 'console.language';
const DICTIONARIES = { en, zh };
// The glyphs for Chinese depend on the script, which "zh" alone does not say.
const HTML_LANGUAGES = { en: 'en', zh: 'zh-Hans' };

const preferred = navigator.languages.map(tag => tag.split('-')[0]);
let chosen = [localStorage.getItem(STORAGE_KEY), ...preferred].find(tag => tag in DICTIONARIES) ?? 'en';
const htmlLanguage = () => HTML_LANGUAGES[chosen];
document.documentElement.lang = htmlLanguage();

export const language = () => chosen;

/** The texts of the console in the current language. */
export const words = () => DICTIONARIES[chosen];

/** The labels of a field in all languages. */
export const labelsOf = field => Object.values(DICTIONARIES).map(({ fields }) => fields[field]);

export const number = value => new Intl.NumberFormat(htmlLanguage()).format(value);

/** A time in the zone of the service and in the form of the API, which is also that of Sweden. */
export const time = date =>
  new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone }).format(date);

/** The day of a time, in the zone of the service and in words. */
export const day = date => new Intl.DateTimeFormat(htmlLanguage(), { dateStyle: 'full', timeZone: zone }).format(date);

export function choose(language) {
  chosen = language;
  localStorage.setItem(STORAGE_KEY, language);
  document.documentElement.lang = htmlLanguage();
}
