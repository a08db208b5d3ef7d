export * from './document.ts';
export { getDocument, keepDocument } from './document-store.ts';
export { countForks, dropFrom, keepFork } from './fork-store.ts';
export { isObject, malformed, signatureOfReceipt, signReceipt } from './jws.ts';
export type * from './model.ts';
export { type Read, readClaim, readSigned } from './read-signed.ts';
export {
  readBody,
  readRecord,
  readWhole,
  recordFromWire,
  recordHolds,
  recordId,
  recordToWire,
  signRecord,
  writeRecord,
} from './record.ts';
export {
  countReceived,
  endsOf,
  eraseBody,
  hasRecord,
  headOf,
  insertRecords,
  newestRecords,
  type RecordLine,
  recordAt,
  recordBodies,
  recordsAfter,
} from './store.ts';
