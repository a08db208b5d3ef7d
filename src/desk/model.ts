import { z } from 'zod';
import { instant, line, text } from '../kernel/schema.ts';
import {
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
  Reach,
  rosterId,
  Take,
} from '../market/index.ts';
import { deskLimits } from './limits.ts';

export const Storefront = z.object({
  id: base64url,
  name: line,
  market: z.object({ id: base64url, name: line, isSample: z.boolean() }),
  openedAt: instant,
});
export type Storefront = z.infer<typeof Storefront>;

const stock = z.int().min(0).max(deskLimits.stock);

/** What a vendor says of something for sale; the listing is made and signed from it. */
export const ListingDraft = z.object({
  title: line,
  category: categoryId,
  price: price.describe('Of one piece or job, without fees.'),
  stock: stock.default(1),
  mode: Mode.default('first-come'),
  place: PlaceRef,
  reach: Reach,
  attributes: Attributes.default({}),
  acceptsTerms: z.array(rosterId).min(1).max(marketLimits.terms),
  demands: Demands.prefault({}),
  delivery: Delivery,
  until: instant.describe('It binds you until then.'),
  takes: z.array(Take).max(marketLimits.takes).optional(),
  fees: z
    .array(Fee)
    .max(marketLimits.fees - 1)
    .default([])
    .describe('What somebody pays beside the price; the market’s own fee is added.'),
});
export type ListingDraft = z.output<typeof ListingDraft>;

export const ListingState = z.enum(['open', 'sold-out', 'expired', 'withdrawn']);
export type ListingState = z.infer<typeof ListingState>;

/** Something for sale as its vendor sees it. */
export const Listing = ListingDraft.extend({
  id: base64url,
  storefront: base64url,
  number: line,
  state: ListingState,
  taken: z.int().min(0),
  held: z.int().min(0).describe('How many of the stock are set aside for buyers who decide.'),
  changedAt: instant,
  /** Why the market did not take it, when it did not. */
  problem: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional(),
});
export type Listing = z.infer<typeof Listing>;

/** A want as a vendor sees it: never who, only what can be told of many. */
export const SeenCast = z.object({
  alias: z.string(),
  storefront: base64url,
  cell: Cell,
  words: z.string(),
  requiredTerms: z.array(rosterId),
  receivedAt: instant,
  until: instant,
  state: z.enum(['new', 'answered', 'declined', 'full', 'closed', 'expired']),
});
export type SeenCast = z.infer<typeof SeenCast>;

export const AnswerState = z.enum(['open', 'taken', 'expired', 'withdrawn', 'refused']);

/** An answer by hand as its vendor sees it. */
export const OwnAnswer = z.object({
  id: base64url,
  alias: z.string(),
  storefront: base64url,
  title: line,
  price,
  fees: z.array(Fee),
  terms: z.array(rosterId),
  delivery: Delivery,
  until: instant,
  asks: z.array(Ask),
  note: text,
  madeAt: instant,
  state: AnswerState,
  /** Why the market did not pass it on, when it did not. */
  problem: z.string().optional(),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;
