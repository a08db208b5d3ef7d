import type { ColumnTypes } from '../migrate.ts';

/** Pieces set aside: by a vendor for a want it knows by an alias, as its market asked, and as the wanter was told. */
export const holds = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table desk_holds (home_id ${text} not null, alias ${text} not null, storefront ${text} not null,
    number ${text} not null, listing ${text} not null, state ${text} not null, made_at ${whole} not null,
    until_at ${whole} not null, document ${text} not null, primary key (home_id, alias))`,
  `create index desk_holds_by_item on desk_holds (home_id, storefront, number, state)`,
  `create index desk_holds_by_end on desk_holds (state, until_at)`,
  `alter table desk_items add column held ${whole} not null default 0`,
  `create table market_holds (home_id ${text} not null, alias ${text} not null, cast_id ${text} not null,
    listing ${text} not null, storefront ${text} not null, state ${text} not null,
    primary key (home_id, alias), unique (home_id, listing, cast_id))`,
  `create index market_quotes_by_listing on market_quotes (home_id, listing)`,
  `alter table intent_offers add column hold ${text}`,
  `alter table intent_offers add column hold_alias ${text}`,
  `alter table intent_offers add column hold_until ${whole}`,
];
