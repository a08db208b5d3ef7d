export { appendRecord } from './chain.ts';
export { identityChanged, tellChange, tellChanges } from './identity-changed.ts';
export { actIn, readers, relationshipFor } from './lifecycle.ts';
export {} from './list-relationships.ts';
export {
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  recordReader,
} from './model.ts';
export { operations } from './operations.ts';
export { headsWanted, recordsTold } from './reconcile.ts';
export { reconcileAll, settleRecord } from './restored.ts';
export {} from './rules.ts';
export {
  findByAgreement,
  findRelationship,
  getRelationshipRow,
  insertRelationship,
  relationshipCounts,
  relationshipsOf,
  updateRelationship,
} from './store.ts';
export { recordHandler } from './take-record.ts';
