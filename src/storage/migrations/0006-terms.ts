import type { ColumnTypes } from '../migrate.ts';

/** My terms: what a party proffers, in its order. */
export const terms = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table chosen_terms (home_id ${text} not null, place ${whole} not null, roster_id ${text} not null,
    primary key (home_id, place), unique (home_id, roster_id))`,
];
