export { appendRecord, recordHandler } from './chain.ts';
export { actIn, readers, relationshipFor } from './lifecycle.ts';
export { relationshipView } from './list-relationships.ts';
export {
  type Entry,
  type RecordReader,
  type RelationshipDeps,
  type RelationshipRow,
  type RelationshipState,
  recordReader,
} from './model.ts';
export { operations } from './operations.ts';
export { nextState } from './rules.ts';
export {
  findRelationship,
  getRelationshipRow,
  insertRelationship,
  relationshipCounts,
  updateRelationship,
} from './store.ts';
