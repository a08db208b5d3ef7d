export * from './document.ts';
export { dropDocuments, getDocument, keepDocument } from './document-store.ts';
export { countForks, dropFrom, isFork, keepFork } from './forks.ts';
export {
  documentHeader,
  headerKid,
  isObject,
  malformed,
  parsePayload,
  signatureOfReceipt,
  signReceipt,
} from './jws.ts';
export type * from './model.ts';
export { type Read, readClaim, readSigned } from './read-signed.ts';
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
  countReceived,
  eraseBody,
  findRecord,
  hasRecord,
  headOf,
  insertRecord,
  newestRecords,
  type RecordLine,
  recordAt,
  recordBodies,
  recordsAfter,
} from './store.ts';
