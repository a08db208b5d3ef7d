import type { ColumnTypes } from '../migrate.ts';

/** Invitations that a party made, each for one person and once; relationships are found by what they came from. */
export const invitations = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table invitations (home_id ${text} not null, id ${text} not null, identity ${text} not null,
    name ${text} not null, note ${text} not null, terms ${text} not null, secret_hash ${text} not null,
    document ${text} not null, state ${text} not null, relationship ${text}, until_at ${whole} not null,
    made_at ${whole} not null, primary key (home_id, id))`,
  `create index invitations_by_time on invitations (home_id, made_at, id)`,
  `create index invitations_open on invitations (home_id, state, until_at)`,
  `create index relationships_by_offer on relationships (home_id, offer)`,
];
