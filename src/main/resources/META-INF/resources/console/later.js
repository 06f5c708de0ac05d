// The dialogs whose modules a browser loads only when somebody opens them, so that the first list is there sooner.
import { announce } from './ui.js';

const later = (load, name) => (...args) => load().then(module => module[name](...args)).catch(({ message }) => announce(() => message));

const actions = () => import('./customer-actions.js');

export const askToAdd = later(() => import('./adding.js'), 'askToAdd');
export const askToImport = later(() => import('./importing.js'), 'askToImport');
export const askToMove = later(actions, 'askToMove');
export const askToTakeOut = later(actions, 'askToTakeOut');
export const askToDelete = later(actions, 'askToDelete');
