import type { ColumnTypes } from '../migrate.ts';

/** Relationships, their agreements' state, what both sides promised, what is shared, what was said. */
export const relationships = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table relationships (home_id ${text} not null, id ${text} not null, side ${text} not null,
    state ${text} not null, name ${text} not null, is_sample ${whole} not null, mine ${text} not null,
    theirs ${text}, offer ${text} not null, title ${text} not null, agreement ${text} not null,
    storefront ${text} not null, intent ${text}, refusal ${text}, paused_by ${text}, since_at ${whole} not null,
    last_at ${whole} not null, unread ${whole} not null, expectations ${text} not null, review_day ${text},
    their_expectations ${text} not null, ended_by ${text}, primary key (home_id, id))`,
  `create index relationships_by_last on relationships (home_id, last_at, id)`,
  `create table messages (home_id ${text} not null, rel ${text} not null, record ${text} not null,
    place ${whole} not null, is_mine ${whole} not null, signed_as ${text} not null, words ${text} not null,
    at ${whole} not null, primary key (home_id, rel, record))`,
  `create index messages_by_place on messages (home_id, rel, place)`,
  `create table commitments (home_id ${text} not null, id ${text} not null, rel ${text} not null,
    position ${whole} not null, is_mine ${whole} not null, what ${text} not null, unit ${text} not null,
    value_amount ${whole} not null, due_day ${text}, state ${text} not null, done_at ${whole},
    settled_at ${whole}, outcome ${text}, note ${text} not null, primary key (home_id, id))`,
  `create index commitments_by_rel on commitments (home_id, rel, position)`,
  `create table grants (home_id ${text} not null, id ${text} not null, rel ${text} not null,
    is_mine ${whole} not null, property ${text} not null, label ${text} not null, value ${text},
    item ${text}, purpose ${text} not null, until_at ${whole}, state ${text} not null, since_at ${whole},
    stopped_at ${whole}, record ${text}, primary key (home_id, id))`,
  `create index grants_by_rel on grants (home_id, rel)`,
  `create table reviews (home_id ${text} not null, rel ${text} not null, is_mine ${whole} not null,
    outcome ${text} not null, words ${text} not null, record ${text} not null, at ${whole} not null,
    primary key (home_id, rel, is_mine))`,
];
