import type { BuyerKind } from './cells.ts';
import type { OutcomeResult } from './model.ts';

export interface MarketRow {
  home_id: string;
  /** The id of its public identity; what others call it by. */
  id: string;
  name: string;
  /** The sample it belongs to; null for a real market. */
  sample: string | null;
  /** `Rules` as JSON, and the signed market document as JSON of its wire form. */
  rules: string;
  document: string;
  /** The release of the categories whose positions the index holds. */
  categories: string;
  opened_at: number;
}

export interface StorefrontRow {
  home_id: string;
  id: string;
  name: string;
  public_key: string;
  host: string;
  inbox: string;
  document: string;
  opened_at: number;
  /** How many it lists. */
  listings: number;
  kept: number;
  late: number;
  broken: number;
  repaired: number;
}

interface ListingRow {
  home_id: string;
  id: string;
  storefront: string;
  number: string;
  /** False while the vendor says that none are left. */
  is_open: boolean;
  is_by_hand: boolean;
  until_at: number;
  published_at: number;
  payload: Uint8Array;
  signatures: string;
}

/** The matcher's row: a `ListingKey` with one of its ways to pay. Lists of codes are `|A|B|`. */
export interface WayRow {
  home_id: string;
  listing: string;
  unit: string;
  total_amount: bigint;
  is_price: boolean;
  is_open: boolean;
  is_by_hand: boolean;
  storefront: string;
  category_from: number;
  category_to: number;
  reach: number;
  country: string;
  continent: string;
  lat_e6: number;
  lon_e6: number;
  south: number;
  west: number;
  north: number;
  east: number;
  meets: string;
  is_for_persons: boolean;
  is_for_organisations: boolean;
  /** Empty when there is no least budget. */
  min_unit: string;
  min_amount: bigint;
  days: number;
  until_at: number;
  tie: number;
}

/** A `CellKey`; lists of codes are `|A|B|`. */
export interface CellRow {
  home_id: string;
  id: string;
  category_from: number;
  category_to: number;
  level: number;
  south: number;
  west: number;
  north: number;
  east: number;
  countries: string;
  continents: string;
  unit: string;
  up_to_amount: bigint;
  days: number;
  terms: string;
  buyer: BuyerKind;
}

export interface CastRow {
  home_id: string;
  id: string;
  cell: string;
  public_key: string;
  /** Where answers go; forgotten when the cast is over. */
  host: string | null;
  inbox: string | null;
  cast_at: number;
  until_at: number;
  epoch: number;
  /** Whether an attestation that had not been used before stood behind it. */
  is_counted: boolean;
  is_open: boolean;
  /** Open, reachable, and not yet quoted as often as it may be. */
  is_waiting: boolean;
  quoted: number;
  answered: number;
}

export interface AliasRow {
  home_id: string;
  alias: string;
  cast_id: string;
  storefront: string;
  state: 'shown' | 'answered' | 'declined' | 'over';
}

/** A piece that a vendor was asked to set aside for a cast. */
export interface HoldRow {
  home_id: string;
  /** What the vendor knows the cast by. */
  alias: string;
  cast_id: string;
  listing: string;
  storefront: string;
  /** asked of the vendor; held by it and quoted; over: declined, closed, or there was no room for it. */
  state: 'asked' | 'held' | 'over';
}

interface OutcomeRow {
  home_id: string;
  /** The id of the ticket that stands for it. */
  agreement: string;
  storefront: string;
  result: OutcomeResult;
  position: number;
  /** An `OutcomeRecord` as JSON. */
  document: string;
}

export interface MarketTables {
  markets: MarketRow;
  market_storefronts: StorefrontRow;
  market_listings: ListingRow;
  market_ways: WayRow;
  market_cells: CellRow;
  market_casts: CastRow;
  market_tokens: { home_id: string; epoch: number; token: string };
  market_quotes: { home_id: string; cast_id: string; listing: string; storefront: string };
  market_aliases: AliasRow;
  market_holds: HoldRow;
  market_tables: {
    home_id: string;
    number: number;
    part: number;
    epoch: number;
    published_at: number;
    payload: Uint8Array;
    signatures: string;
  };
  market_outcomes: OutcomeRow;
}
