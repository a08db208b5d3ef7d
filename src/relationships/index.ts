export { appendRecord, recordHandler } from './chain.ts';
export { endWithSample } from './end-with-sample.ts';
export { actIn, readers, relationshipFor } from './lifecycle.ts';
export {} from './list-relationships.ts';
export {
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  type RelationshipTables,
  recordReader,
} from './model.ts';
export { operations } from './operations.ts';
export {} from './rules.ts';
export {
  countRefused,
  findByAgreement,
  findRelationship,
  getRelationshipRow,
  insertRelationship,
  relationshipCounts,
  updateRelationship,
} from './store.ts';
