import type { ColumnTypes } from '../migrate.ts';

/**
 * Sealed categories of My data: what only devices of their owner open. A vault counts its writes, keeps the statement that
 * holds it together, and how many objects and octets there are. A category without a row is served.
 */
export const sealedMode = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table sealed_vaults (home_id ${text} not null, counter ${whole} not null, statement ${bytes} not null,
    made_at ${whole} not null, objects ${whole} not null, octets ${whole} not null, primary key (home_id))`,
  `create table sealed_objects (home_id ${text} not null, name ${text} not null, octets ${bytes} not null,
    changed_at ${whole} not null, primary key (home_id, name))`,
  `create table sealed_categories (home_id ${text} not null, category ${text} not null, mode ${text} not null,
    since ${whole} not null, primary key (home_id, category))`,
];
