import type { ColumnTypes } from '../migrate.ts';

/**
 * A message changes pages of its own relationship alone, however many there are: a record is found by its relationship and
 * id, what an envelope carries is named by both, and a relationship in which all is read stands in no index of the unread.
 */
export const inPlace = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `update outbox set about = r.rel || '/' || r.id from records r
    where outbox.type = 'record' and r.home_id = outbox.home_id and r.id = outbox.about`,
  `alter table records rename to old_records`,
  `create table records (home_id ${text} not null, rel ${text} not null, author ${text} not null,
    seq ${whole} not null, id ${text} not null, type ${text} not null, v ${whole} not null,
    protected ${bytes} not null, payload ${bytes} not null, signature ${bytes} not null, body ${bytes},
    received_at ${whole} not null, is_mine ${whole} not null, place ${whole} not null,
    primary key (home_id, rel, author, seq), unique (home_id, rel, id), unique (home_id, rel, place))`,
  `insert into records select home_id, rel, author, seq, id, type, v, protected, payload, signature, body, received_at,
    is_mine, place from old_records`,
  `drop table old_records`,
  `drop index relationships_unread`,
  `create index relationships_unread on relationships (home_id, unread) where unread > 0`,
];
