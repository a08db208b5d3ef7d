import type { ColumnTypes } from '../migrate.ts';

const UNFINISHED = `state in ('saved', 'dead')`;

/** What has ended leaves every index but those by which it is looked up: a long history costs the next message nothing. */
export const outboxUnfinished = (_types: ColumnTypes): readonly string[] => [
  ...['due', 'by_lane', 'by_address', 'stuck'].map((name) => `drop index outbox_${name}`),
  `create index outbox_due on outbox (state, next_at) where ${UNFINISHED}`,
  `create index outbox_by_lane on outbox (home_id, sender, path, state, position) where ${UNFINISHED}`,
  `create index outbox_by_address on outbox (home_id, host, path) where ${UNFINISHED}`,
  `create index outbox_stuck on outbox (home_id, state, position) where ${UNFINISHED}`,
  `create index outbox_amiss on outbox (home_id, state, position) where state in ('refused', 'kept', 'dropped')`,
  `create index outbox_ended on outbox (next_at) where type <> 'record'
    and state in ('acted', 'refused', 'dropped', 'kept')`,
];
