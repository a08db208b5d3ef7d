import type { ColumnTypes } from '../migrate.ts';

/** Who speaks in an envelope, which key signs for them, whose key must sign the receipt; when a receipt may be forgotten. */
export const lanes = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `alter table outbox rename to outbox_before`,
  `create table outbox (home_id ${text} not null, id ${text} not null, position ${whole} not null,
    sender ${text} not null, signer ${text} not null, host ${text} not null, path ${text} not null, peer_key ${text},
    type ${text} not null, about ${text}, octets ${bytes} not null, state ${text} not null, attempts ${whole} not null,
    next_at ${whole} not null, expires_at ${whole} not null, saved_at ${whole} not null, sent_at ${whole},
    received_at ${whole}, problem ${text}, receipt ${bytes},
    primary key (home_id, id), unique (home_id, position))`,
  `insert into outbox select home_id, id, position, '', '', host, path, null, type, about, octets, state, attempts,
    next_at, saved_at + 34560000000, saved_at, sent_at, received_at, problem, receipt from outbox_before`,
  `drop table outbox_before`,
  `alter table inbox rename to inbox_before`,
  `create table inbox (home_id ${text} not null, sender ${text} not null, id ${text} not null, type ${text} not null,
    path ${text} not null, received_at ${whole} not null, expires_at ${whole} not null, receipt ${bytes} not null,
    primary key (home_id, sender, id))`,
  `insert into inbox select home_id, sender, id, type, path, received_at, received_at + 34560000000, receipt
    from inbox_before`,
  `drop table inbox_before`,
  `create index outbox_due on outbox (state, next_at)`,
  `create index outbox_by_lane on outbox (home_id, sender, path, state, position)`,
  `create index outbox_by_address on outbox (home_id, host, path)`,
  `create index outbox_about on outbox (home_id, about)`,
  `create index inbox_by_end on inbox (expires_at)`,
  `create index identities_by_inbox on identities (home_id, inbox)`,
];
