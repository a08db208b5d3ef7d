import type { ColumnTypes } from '../migrate.ts';

/**
 * Files of My data, in parts of 1 MiB that are each sealed under the key of their file. Of a served file the node keeps that
 * key under the one of a category, and with it name and type; of a sealed one it knows how long it is.
 */
export const files = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table files (home_id ${text} not null, id ${text} not null, mode ${text} not null, state ${text} not null,
    epoch ${whole} not null, file_key ${bytes}, head ${bytes}, revision ${whole} not null, octets ${whole} not null,
    parts ${whole} not null, taken ${whole} not null, made_at ${whole} not null, changed_at ${whole} not null,
    is_trashed ${whole} not null, trashed_at ${whole}, primary key (home_id, id))`,
  `create index files_in_order on files (home_id, mode, state, is_trashed, made_at, id)`,
  `create table file_parts (home_id ${text} not null, file ${text} not null, number ${whole} not null,
    octets ${bytes} not null, primary key (home_id, file, number))`,
];
