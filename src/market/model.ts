import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import { civilDate, id, instant, line, text } from '../kernel/schema.ts';
import {
  Address,
  Ask,
  Attributes,
  base64url,
  Cell,
  categoryId,
  Delivery,
  Demands,
  Fee,
  Mode,
  marketLimits,
  PlaceRef,
  price,
  publicKey,
  Reach,
  rosterId,
  StorefrontRef,
  salt,
  Take,
  Wire,
} from './parts.ts';

/** What a vendor says in a standing offer, before it is signed. Stock is the vendor's own business. */
export const ListingContent = z.object({
  storefront: StorefrontRef,
  /** The vendor's own id for it; publishing the same number again replaces. */
  number: line,
  title: line,
  category: categoryId,
  kind: z.enum(['goods', 'service']),
  price,
  fees: z.array(Fee).max(marketLimits.fees),
  mode: Mode,
  place: PlaceRef,
  reach: Reach,
  attributes: Attributes,
  terms: z.array(rosterId).min(1).max(marketLimits.terms),
  demands: Demands,
  delivery: Delivery,
  takes: z.array(Take).max(marketLimits.takes).optional(),
  until: instant,
  replaces: base64url.optional(),
});
export type ListingContent = z.infer<typeof ListingContent>;
export const Listing = ListingContent.extend({ salt });
export type Listing = z.infer<typeof Listing>;

export const AnswerContent = z.object({
  alias: id,
  storefront: StorefrontRef,
  title: line,
  price,
  fees: z.array(Fee).max(marketLimits.fees),
  terms: z.array(rosterId).min(1).max(marketLimits.terms),
  delivery: Delivery,
  place: PlaceRef.optional(),
  until: instant,
  asks: z.array(Ask).max(marketLimits.asks),
  note: text,
  /** Pieces or jobs it holds for; one when left out. */
  quantity: z.int().min(1).optional(),
});
export type AnswerContent = z.infer<typeof AnswerContent>;
export const Answer = AnswerContent.extend({ salt });
export type Answer = z.infer<typeof Answer>;

export const StorefrontContent = z.object({
  /** The market's id. */
  market: base64url,
  name: line,
  key: publicKey,
  /** Inception of the identity that speaks for it, see parties/identity.ts. */
  identity: Wire,
  address: Address,
});
export type StorefrontContent = z.infer<typeof StorefrontContent>;
export const Storefront = StorefrontContent.extend({ salt });
export type Storefront = z.infer<typeof Storefront>;

/** Says that one account stands behind a cast; each account gets one per market and epoch. */
export const AttestationContent = z.object({
  attester: publicKey,
  market: base64url,
  epoch: z.int().min(0),
  /** 128 random bits: says nothing about who. */
  token: z.string().regex(/^[A-Za-z0-9_-]{22,43}$/),
});
export type AttestationContent = z.infer<typeof AttestationContent>;
export const Attestation = AttestationContent.extend({ salt });

export const CastContent = z.object({
  castId: id,
  key: publicKey,
  cell: Cell,
  reply: Address,
  until: instant,
  attestation: Wire.optional(),
});
export type CastContent = z.infer<typeof CastContent>;
export const Cast = CastContent.extend({ salt });
export type Cast = z.infer<typeof Cast>;

export const CastClosed = z.object({ castId: id, salt });
export const Withdrawal = z.object({ listing: base64url, storefront: base64url, salt });
/** Whether any are left, never how many: a market need not learn what a vendor sells. */
export const StockNote = z.object({
  listing: base64url,
  storefront: base64url,
  left: z.int().min(0).max(1),
  salt,
});

/**
 * The vendor's word that one piece of a listing is set aside until then for whoever stands behind the alias. Each vendor
 * and each listing knows a cast by another alias, so that two who compare learn nothing.
 */
export const HoldContent = z.object({
  storefront: base64url,
  key: publicKey,
  listing: base64url,
  alias: id,
  until: instant,
});
export type HoldContent = z.infer<typeof HoldContent>;
export const Hold = HoldContent.extend({ salt });
export type Hold = z.infer<typeof Hold>;

/** Whoever cast does not want what is set aside for them. */
export const QuoteDeclined = z.object({ castId: id, listing: base64url, salt });

export const OutcomeResult = z.enum(['kept', 'late', 'broken', 'repaired']);
export type OutcomeResult = z.infer<typeof OutcomeResult>;

/** The vendor's word that a one-use key may say, once, how one agreement went; it names neither buyer nor agreement. */
export const Ticket = z.strictObject({
  type: z.literal('ticket'),
  v: z.literal(1),
  storefront: base64url,
  key: publicKey,
  salt,
});

/** What became of an agreement, signed by the key of a ticket. */
export const OutcomeContent = z.object({ storefront: base64url, result: OutcomeResult, on: civilDate });
export type OutcomeContent = z.infer<typeof OutcomeContent>;
export const Outcome = OutcomeContent.extend({ salt });

/** An outcome with the ticket that allows it: together they bear both sides' signatures. */
export const OutcomeRecord = z.object({ ticket: Wire, outcome: Wire });
export type OutcomeRecord = z.infer<typeof OutcomeRecord>;

/** A vendor's promises as a market has counted them; `records` are the newest outcomes, to be verified at home. */
export const Standing = z.object({
  kept: z.int().min(0),
  late: z.int().min(0),
  broken: z.int().min(0),
  repaired: z.int().min(0),
  records: z.array(OutcomeRecord).max(marketLimits.standingRecords),
});
export type Standing = z.infer<typeof Standing>;

/** How many accounts cast each cell, in steps; one part of a table that may have several. */
export const TableContent = z.object({
  market: base64url,
  epoch: z.int().min(0),
  /** Counts up by one with every table of this market. */
  number: z.int().min(1),
  at: instant,
  smallest: z.int().min(1),
  steps: z.array(z.int().min(1)).min(1).max(30),
  part: z.int().min(1),
  parts: z.int().min(1).max(1000),
  /** Cell id and index into `steps`. */
  rows: z
    .array(z.tuple([z.string().max(LIMITS.lineChars), z.int().min(0).max(29)]))
    .max(marketLimits.tableRows),
});
export type TableContent = z.infer<typeof TableContent>;
export const Table = TableContent.extend({ salt });
export type Table = z.infer<typeof Table>;

/** The rules a market publishes and is held to. */
export const Rules = z.object({
  operator: line,
  fee: z.object({ perMille: z.int().min(0).max(1000), payer: z.enum(['buyer', 'seller']) }),
  /** Fewer accounts than this in a cell are never published; categories marked sensitive need twice as many. */
  smallest: z.int().min(1).max(100_000),
  epochDays: z.int().min(1).max(90),
  capQuotes: z.int().min(1),
  capAnswers: z.int().min(1),
  capPerVendor: z.int().min(1),
  /** Public key of the one who attests accounts here, and what a count counts. */
  attester: publicKey,
  counts: z.enum(['people', 'accounts', 'sample people']),
  /** Names the release of the categories whose ids are used. */
  categories: line,
  order: text,
});
export type Rules = z.infer<typeof Rules>;

/** A market's public face: where it is reached and its rules, signed by its key. */
export const MarketContent = z.object({
  name: line,
  isSample: z.boolean(),
  key: publicKey,
  identity: Wire,
  address: Address,
  rules: Rules,
  at: instant,
});
export type MarketContent = z.infer<typeof MarketContent>;
export const MarketDocument = MarketContent.extend({ salt });
export type MarketDocument = z.infer<typeof MarketDocument>;
