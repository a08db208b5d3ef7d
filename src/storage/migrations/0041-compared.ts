import type { ColumnTypes } from '../migrate.ts';

/**
 * What somebody has compared is the last entry of a key log, which a number does not tell from another of that number.
 * `confirmed_number` is left for archives of before, and nothing reads it.
 */
export const compared = ({ text }: ColumnTypes): readonly string[] => [
  `alter table counterparts add column confirmed_head ${text}`,
];
