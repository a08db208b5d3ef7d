import type { EndReason, IfBelow, IntentState, OfferState, UnitOfCount } from './model.ts';
import type { OfferKind } from './offer-facts.ts';

export interface IntentRow {
  home_id: string;
  id: string;
  market: string;
  /** As it was when the want was written; the market itself may be gone from here. */
  market_name: string;
  is_sample: boolean;
  state: IntentState;
  sentence: string;
  /** The sentence as it is searched: see `folded`. */
  search: string;
  /** IntentFields as JSON. */
  fields: string;
  /** Hash of the fields while it is held or open, so that the same want cannot be open twice; else null. */
  open_key: string | null;
  if_below: IfBelow;
  /** The cell it was cast as, or that it waits for. */
  cell: string;
  /** What the table said when it was cast; frozen. Null while it is held, or when nobody could say. */
  at_least: number | null;
  unit_of_count: UnitOfCount;
  created_at: number;
  cast_at: number | null;
  until_at: number;
  /** When a held want looks at the table again; null when only a new table can change anything. */
  look_at: number | null;
  /** Why it ended when nobody here closed it; null for every other end. */
  end_reason: EndReason | null;
}

export interface CastRow {
  home_id: string;
  /** What the market knows it by; random, used for this cast only. */
  id: string;
  intent: string;
  market: string;
  cell: string;
  at_least: number | null;
  /** The inbox path that its answers come to. */
  reply: string;
  document: string;
  /** Whether it carried this account's one attestation of the epoch. */
  is_counted: boolean;
  cast_at: number;
  until_at: number;
  closed_at: number | null;
  /** Vendors who answer by hand and were shown it, as the market says; null while it has not said. */
  asked: number | null;
}

export interface OfferRow {
  home_id: string;
  /** Drawn at home, so that no vendor can aim at a place in the order. */
  id: string;
  intent: string;
  cast_id: string;
  kind: OfferKind;
  document: string;
  storefront: string;
  state: OfferState;
  until_at: number;
  is_fit: boolean;
  /** Sentences as a JSON array. */
  misfits: string;
  unsaid: string;
  total_unit: string;
  total_amount: bigint;
  distance_km: number | null;
  /** Standing as JSON. */
  standing: string;
  received_at: number;
  /** The vendor's signed word that a piece is set aside for this want, by what name, and until when; else null. */
  hold: string | null;
  hold_alias: string | null;
  hold_until: number | null;
}

/** Whether a piece is set aside for the offer at an instant. */
export function isHeldAt(row: Pick<OfferRow, 'hold_until'>, now: number): boolean {
  return row.hold_until !== null && row.hold_until > now;
}

export interface KeptTableRow {
  home_id: string;
  market: string;
  /** Of the newest table that is here whole; null before any. */
  number: number | null;
  epoch: number | null;
  smallest: number | null;
  published_at: number | null;
  kept_at: number | null;
  /** The path that the market's tables come to, and when they were last asked for. */
  reply: string | null;
  asked_at: number | null;
}

export interface IntentTables {
  intents: IntentRow;
  intent_casts: CastRow;
  intent_attestations: { home_id: string; market: string; epoch: number; cast_id: string };
  intent_offers: OfferRow;
  kept_tables: KeptTableRow;
  kept_table_parts: { home_id: string; market: string; number: number; part: number; document: string };
  kept_cells: { home_id: string; market: string; number: number; cell: string; at_least: number };
}
