import type { ColumnTypes } from '../migrate.ts';

/**
 * A grant is a key: what is given stands sealed in the record that carries it, and nowhere else. What was given before
 * stood here and in its record; from now on it stands in its record alone.
 */
export const grantKeys = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  // Which value is in force, and what carries it; the epoch in which it was given; what was chosen and waits, sealed.
  `alter table grants add column version ${whole}`,
  `alter table grants add column epoch ${whole}`,
  `alter table grants add column carrier ${text}`,
  `alter table grants add column planned ${bytes}`,
  `alter table grants add column is_following ${whole}`,
  `alter table grants add column item_version ${whole}`,
  // Who stopped it, and by which record.
  `alter table grants add column stopped_by ${text}`,
  `alter table grants add column stop_record ${text}`,
  // How often it was opened: told, and not told yet.
  `alter table grants add column opens ${whole} not null default 0`,
  `alter table grants add column untold ${whole} not null default 0`,
  `alter table grants add column opened_at ${whole}`,
  `alter table grants add column opened_by ${text}`,
  `alter table grants add column told_at ${whole}`,
  // What whoever had it says of its deletion.
  `alter table grants add column deletion ${text}`,
  `alter table grants add column deleted_at ${whole}`,
  `alter table grants add column deletion_words ${text}`,
  `alter table grants add column kept_until ${whole}`,
  `update grants set value = null where record is not null`,
  `create index grants_following on grants (home_id) where is_following = 1`,
  `create index grants_untold on grants (told_at) where untold > 0`,
  `create index grants_undeleted on grants (home_id, rel) where deletion = 'due'`,
  // The keys that the other sides announced, in their order, and relationships in which mine is still to be announced.
  `create table sealing_keys (home_id ${text} not null, rel ${text} not null, place ${whole} not null,
    public_key ${text} not null, primary key (home_id, rel, place))`,
  `create table sealing_due (home_id ${text} not null, rel ${text} not null, at ${whole},
    primary key (home_id, rel))`,
  `create index sealing_due_by_time on sealing_due (at)`,
  `insert into sealing_due (home_id, rel, at) select home_id, id, null from relationships
    where state in ('active', 'paused') and theirs is not null`,
];
