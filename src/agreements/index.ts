import type { InboxHandler } from '../delivery/index.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { acceptHandler } from './sign-agreement.ts';
import { outcomeReaders } from './state-outcome.ts';
import { refusedHandler, signedHandler } from './take-answer.ts';
import { foundingHandler } from './take-founding.ts';

export {} from './model.ts';
export { operations } from './operations.ts';
export const handlers: readonly InboxHandler<RelationshipDeps>[] = [
  acceptHandler,
  foundingHandler,
  signedHandler,
  refusedHandler,
];
export { settlers } from './settle-refused.ts';
export { outcomeReaders as readers };
