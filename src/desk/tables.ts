import type { Mode } from '../market/index.ts';

export interface StorefrontRow {
  home_id: string;
  /** The hash of the signed storefront document; what the market and buyers call it by. */
  id: string;
  market: string;
  market_name: string;
  market_host: string;
  market_inbox: string;
  is_sample: boolean;
  name: string;
  /** The identity that speaks for it. */
  identity: string;
  /** Its document as JSON of the wire form. */
  document: string;
  opened_at: number;
}

/** What is for sale under one of the vendor's own numbers, whichever listing describes it now. */
export interface ItemRow {
  home_id: string;
  storefront: string;
  number: string;
  /** The order in which it was first listed, from 1. */
  position: number;
  /** The listing in force. */
  listing: string;
  title: string;
  /** Title and number as searches compare them. */
  folded: string;
  mode: Mode;
  state: 'open' | 'withdrawn';
  /** How many are left, and how many acceptances took. */
  stock: number;
  taken: number;
  /** How many of those left are set aside for buyers who decide. */
  held: number;
  until_at: number;
  changed_at: number;
  /** Of what was given when it was signed, so that the same again is recognised. */
  fingerprint: string;
  /** Why the market did not take it; null when it did, or has not said. */
  problem: string | null;
}

/** Every offer this home has ever signed, as the very bytes: listings, and answers by hand. */
export interface OfferRow {
  home_id: string;
  id: string;
  kind: 'listing' | 'answer';
  storefront: string;
  /** The number of a listing, the alias of the want that an answer is to. */
  name: string;
  /** re-signed: the same stands under another key, and this one binds for as long as that does. */
  state: 'open' | 'replaced' | 're-signed' | 'withdrawn' | 'taken';
  until_at: number;
  made_at: number;
  payload: Uint8Array;
  signatures: string;
}

export interface SeenRow {
  home_id: string;
  alias: string;
  storefront: string;
  cell: string;
  terms: string;
  received_at: number;
  until_at: number;
  state: 'new' | 'answered' | 'declined' | 'full' | 'closed';
  /** The id of the answer. */
  answer: string | null;
}

/** A piece set aside for a want that the market knows; I know it by its alias alone. */
export interface HoldRow {
  home_id: string;
  alias: string;
  storefront: string;
  number: string;
  listing: string;
  /** open; taken by an acceptance; ended by the want, by a refusal or with its listing; lapsed after its date. */
  state: 'open' | 'taken' | 'ended' | 'lapsed';
  made_at: number;
  until_at: number;
  /** The signed hold. */
  document: string;
}

export interface DeskTables {
  storefronts: StorefrontRow;
  desk_items: ItemRow;
  desk_offers: OfferRow;
  desk_casts: SeenRow;
  desk_holds: HoldRow;
}
