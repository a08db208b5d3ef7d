import type { ColumnTypes } from '../migrate.ts';

/** A relationship in which nothing is signed until the other side has said what it knows. */
export const reconciling = ({ whole }: ColumnTypes): readonly string[] => [
  `alter table relationships add column reconciling_at ${whole}`,
  `create index relationships_reconciling on relationships (reconciling_at)`,
];
