export { aboutRecord, recordAbout } from './about.ts';
export * from './document.ts';
export { dropDocuments, getDocument, keepDocument } from './document-store.ts';
export { endsOf } from './ends.ts';
export { countForks, dropFrom, isFork, keepFork, takeToSayAgain } from './forks.ts';
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
  countRecords,
  eraseBodies,
  eraseBody,
  findRecord,
  hasRecord,
  headOf,
  insertRecords,
  newestRecords,
  type RecordLine,
  type RecordRow,
  recordAt,
  recordBodies,
  recordsAfter,
  recordsOf,
} from './store.ts';
