export * from './document.ts';
export { isObject, malformed, signatureOfReceipt, signReceipt } from './jws.ts';
export type * from './model.ts';
export {
  readBody,
  readRecord,
  recordFromWire,
  recordHolds,
  recordId,
  recordToWire,
  signRecord,
} from './record.ts';
export {
  dropFrom,
  eraseBody,
  getDocument,
  hasRecord,
  headOf,
  insertRecord,
  keepDocument,
  keepFork,
  newestRecords,
  type RecordLine,
  recordAt,
  recordsAfter,
} from './store.ts';
