import type { ColumnTypes } from '../migrate.ts';

/** Relationships are looked up by who is on the other side. */
export const otherSide = (_types: ColumnTypes): readonly string[] => [
  `create index relationships_by_other on relationships (home_id, theirs, storefront)`,
];
