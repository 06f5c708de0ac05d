export { readSheet } from 'read-excel-file/universal';
export { default as writeSheet } from 'write-excel-file/universal';
