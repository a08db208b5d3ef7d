import type { InboxHandler } from '../delivery/index.ts';
import type { MarketDeps } from './deps.ts';
import { answerReceived, castDeclined } from './receive-answer.ts';
import { castReceived } from './receive-cast.ts';
import { cellsWanted } from './receive-cells-wanted.ts';
import { castClosed } from './receive-closed.ts';
import { holdAnswered, quoteDeclined } from './receive-holds.ts';
import { listingRestocked, listingsPublished, listingWithdrawn } from './receive-listings.ts';
import { storefrontMoved } from './receive-moved.ts';
import { outcomeReceived } from './receive-outcome.ts';
import { storefrontOpened } from './receive-storefront.ts';

/** What a market's home takes in. */
export const handlers: readonly InboxHandler<MarketDeps>[] = [
  storefrontOpened,
  storefrontMoved,
  listingsPublished,
  listingWithdrawn,
  listingRestocked,
  castReceived,
  castClosed,
  answerReceived,
  castDeclined,
  holdAnswered,
  quoteDeclined,
  cellsWanted,
  outcomeReceived,
];
