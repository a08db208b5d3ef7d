import type { ColumnTypes } from '../migrate.ts';

/** My terms: what a party proffers, in its order; what was proffered to whom, by whom, and where that stands. */
export const terms = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table chosen_terms (home_id ${text} not null, place ${whole} not null, roster_id ${text} not null,
    primary key (home_id, place), unique (home_id, roster_id))`,
  `create table proffers (home_id ${text} not null, id ${text} not null, side ${text} not null, kind ${text} not null,
    counter ${text} not null, name ${text} not null, is_sample ${whole} not null, first_party ${text} not null,
    second_party ${text} not null, peer ${text}, negotiation ${text} not null, is_over ${whole} not null,
    last_record ${text} not null, begun_at ${whole} not null, moved_at ${whole} not null,
    primary key (home_id, id))`,
  `create index proffers_newest on proffers (home_id, begun_at, id)`,
];
