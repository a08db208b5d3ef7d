import type { ColumnTypes } from '../migrate.ts';

/** Relationships are looked up by who is on the other side and by what they answer; what ended, by when. */
export const otherSide = (_types: ColumnTypes): readonly string[] => [
  `create index relationships_by_other on relationships (home_id, theirs, storefront)`,
  `create index desk_offers_by_end on desk_offers (until_at)`,
  `create index desk_casts_by_answer on desk_casts (home_id, answer)`,
  `create index proffers_by_move on proffers (is_over, moved_at)`,
];
