import type { ColumnTypes } from '../migrate.ts';

/** Which signed offer a proffer to a storefront is about. */
export const agreedTerms = ({ text }: ColumnTypes): readonly string[] => [
  `alter table proffers add column offer ${text}`,
  `create index proffers_by_offer on proffers (home_id, offer)`,
];
