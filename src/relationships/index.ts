export { askAgain, homesStandingStill } from './ask-again.ts';
export { appendRecord, RECORD } from './chain.ts';
export { endWithSample } from './end-with-sample.ts';
export { IDENTITY_CHANGED, identityChanged, tellChange, tellChanges } from './identity-changed.ts';
export { actIn, readers, relationshipFor } from './lifecycle.ts';
export {} from './list-relationships.ts';
export {
  type Entry,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  type RelationshipTables,
  recordReader,
} from './model.ts';
export { operations } from './operations.ts';
export { ask, beginReconciling, headsWanted, RECONCILING, WANTED } from './reconcile.ts';
export { endRestoring, isReconciling, reconcileAll, reconcileUnpaused } from './restored.ts';
export {} from './rules.ts';
export {
  countRefused,
  findByAgreement,
  findRelationship,
  getRelationshipRow,
  hasDealtWith,
  insertRelationship,
  pageRelationships,
  relationshipCounts,
  relationshipOfOffer,
  relationshipsOf,
  updateRelationship,
} from './store.ts';
export { recordHandler } from './take-record.ts';
export { recordsTold } from './take-told.ts';
export { TOLD, toldSettlers } from './tell-records.ts';
