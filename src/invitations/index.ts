import type { InboxHandler } from '../delivery/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { acceptanceHandler } from './take-acceptance.ts';
import { refusedHandler, signedHandler } from './take-answer.ts';

export { acquaintanceRow } from './acquaintance-row.ts';
export { keptAcquaintance, signedByKey } from './documents.ts';
export { ACQUAINTANCE, Acquaintance } from './model.ts';
export { operations } from './operations.ts';
export { spendInvitation } from './store.ts';
export { settlers } from './take-answer.ts';
export const handlers: readonly InboxHandler<RelationshipDeps>[] = [
  acceptanceHandler,
  signedHandler,
  refusedHandler,
];
