import type { ColumnTypes } from '../migrate.ts';

/** Indexes for what is counted often: the page of today, what is shared, refusals and forks against their limits. */
export const counts = (_types: ColumnTypes): readonly string[] => [
  `create index relationships_unread on relationships (home_id, unread)`,
  `create index relationships_refused on relationships (home_id, state, side, storefront, since_at)`,
  `create index commitments_counted on commitments (home_id, state, is_mine)`,
  `create index grants_shared on grants (home_id, is_mine, id)`,
  `create index grants_counted on grants (home_id, is_mine, state, until_at)`,
  `create index outbox_stuck on outbox (home_id, state, attempts)`,
  `create index intents_counted on intents (home_id, state, until_at)`,
  `create index intent_offers_counted on intent_offers (home_id, intent, state, is_fit, until_at, received_at)`,
  `create index forks_by_author on forks (home_id, rel, author)`,
  `create index sessions_by_end on sessions (home_id, expires_at)`,
  `create index desk_casts_by_end on desk_casts (state, until_at)`,
];
