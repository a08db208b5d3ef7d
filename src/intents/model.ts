import { z } from 'zod';
import { parseAmount } from '../kernel/amount.ts';
import { LIMITS } from '../kernel/limits.ts';
import { amount, civilDate, id, instant, line, text } from '../kernel/schema.ts';
import { Fee, PlaceRef } from '../market/index.ts';
import { rosterIds } from '../terms/index.ts';
import { intentLimits } from './limits.ts';

/** An amount that is more than nothing. */
const positive = amount.refine((it) => isPositive(it.value), 'This must be more than nothing.');

function isPositive(value: string): boolean {
  const parsed = parseAmount(value);
  return parsed.ok && parsed.value > 0n;
}

export const IntentPlace = PlaceRef;
export type IntentPlace = z.infer<typeof IntentPlace>;

export const Give = positive.safeExtend({ what: line.describe('What you give instead of money, in words.') });
export type Give = z.infer<typeof Give>;

/** A want, exactly. It stays at home: the market gets a cell of it and nothing else. */
export const IntentFields = z.strictObject({
  kind: z.enum(['goods', 'service']),
  category: id,
  place: IntentPlace.optional(),
  radiusKm: z.int().min(1).max(intentLimits.radiusKm).optional(),
  budget: z
    .object({ max: positive.optional(), min: positive.optional() })
    .optional()
    .describe('For all pieces together, every fee included.'),
  give: Give.optional(),
  window: z
    .object({ from: civilDate.optional(), until: civilDate.optional() })
    .optional()
    .describe('Civil dates, both included.'),
  quantity: z.int().min(1).max(intentLimits.quantity).default(1),
  attributes: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/, 'This is not the name of a quality.'), line)
    .default({})
    .refine(
      (it) => Object.keys(it).length <= intentLimits.attributes,
      `Keep it under ${intentLimits.attributes} qualities.`,
    ),
  words: text
    .max(LIMITS.sentenceChars, `Keep it under ${LIMITS.sentenceChars} characters.`)
    .default('')
    .describe('Your own words; they never leave.'),
  requiredTerms: rosterIds
    .max(intentLimits.requiredTerms)
    .default([])
    .describe('Roster entries that a vendor must accept one of; your own terms when left empty.'),
});
export type IntentFields = z.infer<typeof IntentFields>;

export const UnitOfCount = z.enum(['people', 'accounts', 'sample people']);
export type UnitOfCount = z.infer<typeof UnitOfCount>;

export const MarketName = z.object({ id, name: line, isSample: z.boolean() });
export type MarketName = z.infer<typeof MarketName>;

export const IntentState = z.enum(['held', 'open', 'agreed', 'closed', 'expired']);
export type IntentState = z.infer<typeof IntentState>;

/** Why a want ended when nobody here closed it. */
export const EndReason = z.enum(['market-forgotten']);
export type EndReason = z.infer<typeof EndReason>;

/** What to do when fewer people than the market's smallest number could have said it. */
export const IfBelow = z.enum(['hold', 'widen', 'let-go']);
export type IfBelow = z.infer<typeof IfBelow>;

export const OfferState = z.enum(['open', 'taken', 'gone', 'expired', 'withdrawn', 'declined']);
export type OfferState = z.infer<typeof OfferState>;

/** Promises by their outcome, counted only where the signed record of it held when it was checked here. */
export const Standing = z.object({
  kept: z.int(),
  late: z.int(),
  broken: z.int(),
  repaired: z.int(),
  records: z.int().describe('How many signed records were checked and held; the four add up to it.'),
  claimed: z.int().describe('How many outcomes the market says there are; nobody has checked those here.'),
});
export type Standing = z.infer<typeof Standing>;

export const Offer = z.object({
  id,
  intent: id,
  vendor: z.object({ storefront: id, name: line, isSample: z.boolean() }),
  how: z
    .enum(['first-come', 'firm', 'by-hand'])
    .describe('`firm` while a piece is set aside for you; once it is not, whoever says yes first has it.'),
  title: line,
  price: amount.describe('Of one piece or job.'),
  quantity: z.int(),
  fees: z.array(Fee).describe('Every fee, whoever pays it; both sides see all of them.'),
  total: amount.describe(
    'What you would give in all: the price of all pieces and the fees that the buyer pays.',
  ),
  distanceKm: z.int().optional(),
  delivery: z.object({ how: z.string(), days: z.int().optional() }),
  until: instant,
  heldUntil: instant.optional().describe('One piece is set aside for you until then.'),
  terms: z.object({ id: z.string(), conflicts: z.array(z.string()) }),
  standing: Standing,
  fits: z.boolean(),
  misfits: z.array(z.string()),
  unsaid: z.array(z.string()).describe('What you asked for and the offer says nothing about.'),
  asks: z.array(z.object({ property: z.string(), purpose: line, until: civilDate, required: z.boolean() })),
  note: z.string().optional(),
  state: OfferState,
});
export type Offer = z.infer<typeof Offer>;
