import type { ColumnTypes } from '../migrate.ts';

/** What binds: records in their chains and documents with one or two signatures, as the very bytes signed. */
export const records = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table records (home_id ${text} not null, rel ${text} not null, author ${text} not null,
    seq ${whole} not null, id ${text} not null, type ${text} not null, v ${whole} not null,
    protected ${bytes} not null, payload ${bytes} not null, signature ${bytes} not null, body ${bytes},
    received_at ${whole} not null, is_mine ${whole} not null, place ${whole} not null,
    primary key (home_id, rel, author, seq), unique (home_id, id), unique (home_id, rel, place))`,
  `create table forks (home_id ${text} not null, id ${text} not null, rel ${text} not null, author ${text} not null,
    seq ${whole} not null, protected ${bytes} not null, payload ${bytes} not null, signature ${bytes} not null,
    received_at ${whole} not null, primary key (home_id, id))`,
  `create table documents (home_id ${text} not null, id ${text} not null, type ${text} not null,
    payload ${bytes} not null, signatures ${text} not null, kept_at ${whole} not null, primary key (home_id, id))`,
  `create index documents_by_type on documents (home_id, type, kept_at)`,
];
