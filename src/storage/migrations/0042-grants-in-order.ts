import type { ColumnTypes } from '../migrate.ts';

/** What is shared is listed by when it began and by when it stopped, of everybody and of one relationship. */
export const grantsInOrder = (_types: ColumnTypes): readonly string[] => [
  `create index grants_begun on grants (home_id, is_mine, state, coalesce(since_at, 0), id)`,
  `create index grants_stopped on grants (home_id, is_mine, state, coalesce(stopped_at, 0), id)`,
  `create index grants_begun_between on grants (home_id, rel, is_mine, state, coalesce(since_at, 0), id)`,
  `create index grants_stopped_between on grants (home_id, rel, is_mine, state, coalesce(stopped_at, 0), id)`,
  // The first columns of those serve whatever these did.
  `drop index grants_by_rel`,
  `drop index grants_shared`,
];
