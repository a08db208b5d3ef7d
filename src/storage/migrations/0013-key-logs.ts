import type { ColumnTypes } from '../migrate.ts';

/**
 * The changes of identities, mine and others', after their inception; how often the served secret was renewed, and the
 * first one, which one-use keys come from; up to which change somebody has looked at a counterpart's keys.
 */
export const keyLogs = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table identity_changes (home_id ${text} not null, identity ${text} not null, number ${whole} not null,
    is_mine ${whole} not null, document ${text} not null, at ${whole} not null,
    primary key (home_id, identity, number))`,
  `create table identity_conflicts (home_id ${text} not null, id ${text} not null, identity ${text} not null,
    document ${text} not null, at ${whole} not null, primary key (home_id, id))`,
  `alter table party_secrets add column served_number ${whole}`,
  `alter table party_secrets add column first_served ${bytes}`,
  `alter table counterparts add column confirmed_number ${whole}`,
];
