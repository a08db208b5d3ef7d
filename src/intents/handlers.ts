import type { InboxHandler } from '../delivery/index.ts';
import type { IntentDeps } from './deps.ts';
import { cellsHandler } from './receive-cells.ts';
import { endedHandler } from './receive-ended.ts';
import { answersHandler, quotesHandler } from './receive-quotes.ts';

/** What comes to the random paths of casts and of questions for a table. */
export const handlers: readonly InboxHandler<IntentDeps>[] = [
  quotesHandler,
  answersHandler,
  endedHandler,
  cellsHandler,
];
