import type { ColumnTypes } from '../migrate.ts';

/** What is to be said again of a record that was taken out of a chain; null for nothing. */
export const saidAgain = ({ bytes }: ColumnTypes): readonly string[] => [
  `alter table forks add column body ${bytes}`,
];
