import type { ColumnTypes } from '../migrate.ts';

/**
 * The served secrets before the one in force, sealed, and the addresses that identities had under them: what was promised
 * or posted under an older key is still answered with that key.
 */
export const pastKeys = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table past_served (home_id ${text} not null, number ${whole} not null, past_served ${bytes} not null,
    primary key (home_id, number))`,
  `create table past_inboxes (home_id ${text} not null, inbox ${text} not null, identity ${text} not null,
    served_number ${whole} not null, primary key (home_id, inbox))`,
  `alter table party_secrets drop column first_served`,
];
