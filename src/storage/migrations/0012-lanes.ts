import type { ColumnTypes } from '../migrate.ts';

/** Who speaks in an envelope, which key signs for them, whose key must sign the receipt; when a receipt may be forgotten. */
export const lanes = ({ text, whole }: ColumnTypes): readonly string[] => [
  `alter table outbox add column sender ${text} not null default ''`,
  `alter table outbox add column signer ${text} not null default ''`,
  `alter table outbox add column peer_key ${text}`,
  `alter table outbox add column expires_at ${whole} not null default 0`,
  `alter table inbox add column expires_at ${whole} not null default 0`,
  `drop index outbox_lane`,
  `create index outbox_by_lane on outbox (home_id, sender, path, state, position)`,
  `create index outbox_by_address on outbox (home_id, host, path)`,
  `create index inbox_by_end on inbox (expires_at)`,
  `create index identities_by_inbox on identities (home_id, inbox)`,
];
