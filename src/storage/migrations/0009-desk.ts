import type { ColumnTypes } from '../migrate.ts';

/** A seller's rows: storefronts, what is listed with its stock, every offer ever signed, casts seen. */
export const desk = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table storefronts (home_id ${text} not null, id ${text} not null, market ${text} not null,
    market_name ${text} not null, market_host ${text} not null, market_inbox ${text} not null,
    is_sample ${whole} not null, name ${text} not null, identity ${text} not null, document ${text} not null,
    opened_at ${whole} not null, primary key (home_id, id), unique (home_id, market))`,
  // What is for sale now, one row per number of the vendor's own; its stock outlives the listings that describe it.
  `create table desk_items (home_id ${text} not null, storefront ${text} not null, number ${text} not null,
    position ${whole} not null, listing ${text} not null, title ${text} not null, folded ${text} not null,
    mode ${text} not null, state ${text} not null, stock ${whole} not null, taken ${whole} not null,
    until_at ${whole} not null, changed_at ${whole} not null, fingerprint ${text} not null, problem ${text},
    primary key (home_id, storefront, number), unique (home_id, position))`,
  `create index desk_items_by_state on desk_items (home_id, state, position)`,
  `create table desk_offers (home_id ${text} not null, id ${text} not null, kind ${text} not null,
    storefront ${text} not null, name ${text} not null, state ${text} not null, until_at ${whole} not null,
    made_at ${whole} not null, payload ${bytes} not null, signatures ${text} not null, primary key (home_id, id))`,
  `create index desk_offers_by_kind on desk_offers (home_id, kind, made_at, id)`,
  `create table desk_casts (home_id ${text} not null, alias ${text} not null, storefront ${text} not null,
    cell ${text} not null, terms ${text} not null, received_at ${whole} not null, until_at ${whole} not null,
    state ${text} not null, answer ${text}, primary key (home_id, alias))`,
  `create index desk_casts_newest on desk_casts (home_id, received_at, alias)`,
];
