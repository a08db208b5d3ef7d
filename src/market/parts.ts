import { z } from 'zod';
import { amount, line } from '../kernel/schema.ts';
import { levelOf } from '../places/index.ts';
import type { WireDocument } from '../records/index.ts';
import { type Cell as CellShape, isBand, TIME_BUCKETS } from './cells.ts';

/** The limits of this room and of what it exchanges. */
export const marketLimits = {
  /** Quotes sent when a want is cast; the rest up to LIMITS.quotesPerCast is kept for listings that come later. */
  quotesAtOnce: 40,
  /** Quotes of one vendor per cast. */
  quotesPerVendor: 3,
  /** Vendors asked to set a piece aside for one cast, and casts for which one listing is asked for at once. */
  holdsPerCast: 20,
  holdsPerListing: 20,
  /** Casts that are told when a listing they were quoted is taken back. */
  castsToldOfEnd: 200,
  /** Vendors who are shown one cast to answer by hand. */
  vendorsPerCast: 40,
  /** Open casts that one newly published listing is quoted to. */
  castsPerListing: 200,
  /** Listings in one envelope. */
  listingsPerEnvelope: 60,
  /** Characters (base64url) of the parts of one `quotes`, `answers` or `cells` envelope. */
  chunkChars: 180_000,
  /** Rows of one part of a published table. */
  tableRows: 1_500,
  /** Days that a cast may stay open, and a listing or an answer may bind. */
  castDays: 800,
  offerDays: 800,
  /** Days that a cast is remembered after its end, and rows that are forgotten in one round. */
  keepCastDays: 30,
  forgottenAtOnce: 1_000,
  /** Newest outcomes that travel with a vendor's standing. */
  standingRecords: 8,
  /** Kilometres of a local reach when none are said, and at most. */
  localKm: 50,
  localKmMax: 500,
  /** Markets that one node knows. */
  marketsKnown: 100,
  attributes: 40,
  fees: 10,
  takes: 10,
  asks: 20,
  terms: 20,
} as const;

export const rosterId = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, 'This is not an agreement of the roster.');
export const categoryId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'This is not a category.');
const areaId = z.string().refine((area) => levelOf(area) !== undefined, 'This is not an area.');
export const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,400}$/);
export const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const buyerKind = z.enum(['person', 'organisation']);
const host = z.string().min(1).max(200);
const inbox = z.string().min(1).max(200);

export const Address = z.object({ host, inbox });
export type Address = z.infer<typeof Address>;

/** A document as it travels; its form is checked again where it is read. */
export const Wire = z.object({
  payload: z.string(),
  signatures: z
    .array(z.object({ protected: z.string(), signature: z.string() }))
    .min(1)
    .max(4),
}) satisfies z.ZodType<WireDocument>;

const budgetUnit = z.union([amount.shape.unit, z.literal('any')]);

export const Cell = z.object({
  category: categoryId,
  area: areaId,
  budget: z
    .object({ unit: budgetUnit, upTo: z.string().max(20) })
    .refine(isBand, 'This is not a budget band.'),
  time: z.enum(TIME_BUCKETS),
  terms: rosterId,
  buyer: buyerKind,
}) satisfies z.ZodType<CellShape>;
export type Cell = CellShape;

export const PlaceRef = z.object({
  id: z
    .string()
    .regex(/^[0-9]{1,12}$/, 'This is not a place.')
    .describe('The GeoNames id of the place.'),
  label: line,
  country: z.string().regex(/^[A-Z]{2}$/),
  latE6: z.int().min(-90_000_000).max(90_000_000),
  lonE6: z.int().min(-180_000_000).max(180_000_000),
});
export type PlaceRef = z.infer<typeof PlaceRef>;

export const Reach = z.object({
  level: z.enum(['local', 'country', 'continent', 'world']),
  km: z.int().min(1).max(marketLimits.localKmMax).optional(),
});
export type Reach = z.infer<typeof Reach>;

/** An amount that is not below nothing. */
export const price = amount.refine((it) => !it.value.startsWith('-'), 'This is less than nothing.');

/** What a buyer or a seller pays beside the price, and to whom; both sides are shown it. */
export const Fee = z.object({ label: line, payer: z.enum(['buyer', 'seller']), to: line, amount: price });
export type Fee = z.infer<typeof Fee>;

/** What the vendor wants to know of the buyer, for what, and for how many days. */
export const Ask = z.object({
  property: z.string().regex(/^[A-Za-z][A-Za-z0-9]*:[A-Za-z0-9._-]{1,60}$/, 'This is not a property.'),
  purpose: line,
  days: z.int().min(1).max(3650),
  required: z.boolean().default(true),
});
export type Ask = z.infer<typeof Ask>;

/** What the vendor demands of the buyer. A demand that is not shown to be met is not met. */
export const Demands = z.object({
  minBudget: price.optional(),
  /** Both kinds when left out. */
  buyers: z.array(buyerKind).min(1).max(2).optional(),
  asks: z.array(Ask).max(marketLimits.asks).default([]),
});
export type Demands = z.infer<typeof Demands>;

export const Delivery = z.object({
  how: z.enum(['pickup', 'delivery', 'post', 'online', 'at-yours']),
  days: z.int().min(0).max(365).optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** Something the vendor takes instead of the price: hours, goods, a favour. */
export const Take = price.safeExtend({ what: line });
export type Take = z.infer<typeof Take>;

export const Mode = z.enum(['firm', 'first-come', 'by-hand']);
export type Mode = z.infer<typeof Mode>;

/** The vendor as every listing and answer names them. */
export const StorefrontRef = z.object({ id: base64url, name: line, key: publicKey, address: Address });
export type StorefrontRef = z.infer<typeof StorefrontRef>;

export const salt = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const attributeKey = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/);

/** `attributes` as both sides compare them: schema.org property names, short values. */
export const Attributes = z
  .record(attributeKey, line)
  .refine((all) => Object.keys(all).length <= marketLimits.attributes, 'These are too many attributes.');
