import type { ColumnTypes } from '../migrate.ts';

/**
 * Less to write and to read for each message, however long the history: whether a relationship stands still is asked for each
 * envelope, and the index before had no home, so that SQLite chose to walk all relationships of one; a message is found by its
 * place alone, and so has one index, in which those of one relationship stand together in their order.
 */
export const fewerPages = ({ text, whole }: ColumnTypes): readonly string[] => [
  `drop index relationships_reconciling`,
  `create index relationships_standing on relationships (home_id, mine) where reconciling_at is not null`,
  `drop index messages_by_place`,
  `alter table messages rename to old_messages`,
  `create table messages (home_id ${text} not null, rel ${text} not null, record ${text} not null,
    place ${whole} not null, is_mine ${whole} not null, signed_as ${text} not null, words ${text} not null,
    at ${whole} not null, primary key (home_id, rel, place, record))`,
  `insert into messages (home_id, rel, record, place, is_mine, signed_as, words, at)
    select home_id, rel, record, place, is_mine, signed_as, words, at from old_messages`,
  `drop table old_messages`,
];
