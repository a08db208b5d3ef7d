import type { ColumnTypes } from '../migrate.ts';

/** Envelopes on their way out, those that came in with the receipt each was given. */
export const delivery = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table outbox (home_id ${text} not null, id ${text} not null, position ${whole} not null,
    host ${text} not null, path ${text} not null, type ${text} not null, about ${text}, octets ${bytes} not null,
    state ${text} not null, attempts ${whole} not null, next_at ${whole} not null, saved_at ${whole} not null,
    sent_at ${whole}, received_at ${whole}, problem ${text}, receipt ${bytes},
    primary key (home_id, id), unique (home_id, position))`,
  `create index outbox_due on outbox (state, next_at)`,
  `create index outbox_lane on outbox (home_id, path, state, position)`,
  `create index outbox_about on outbox (home_id, about)`,
  `create table inbox (home_id ${text} not null, sender ${text} not null, id ${text} not null, type ${text} not null,
    path ${text} not null, received_at ${whole} not null, receipt ${bytes} not null,
    primary key (home_id, sender, id))`,
  `create table counters (home_id ${text} not null, name ${text} not null, value ${whole} not null,
    primary key (home_id, name))`,
];
