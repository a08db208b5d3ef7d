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
  eraseBody,
  getDocument,
  headOf,
  insertRecord,
  keepDocument,
  keepFork,
  newestRecords,
  type RecordLine,
  recordAt,
  recordBodies,
} from './store.ts';
