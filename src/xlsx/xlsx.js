export { readSheet } from './reader.js';
export { default as writeSheet } from 'write-excel-file/universal';
