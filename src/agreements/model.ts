import { z } from 'zod';
import { amount, civilDate, id, instant, line, text } from '../kernel/schema.ts';

/** One thing one side will do; the order in the agreement numbers them for both. */
export const Promised = z.strictObject({
  side: z.enum(['buyer', 'seller']),
  what: line,
  amount,
  due: civilDate.nullable(),
});
export type Promised = z.infer<typeof Promised>;

/** A field the buyer will give, by its name; never its value. */
export const Asked = z.strictObject({ property: line, purpose: text, until: instant.nullable() });
export type Asked = z.infer<typeof Asked>;

/**
 * What both sign, over identical octets: terms, what each side does, and what it is for. It stands alone (no chain)
 * and is cited by its id.
 */
export const Agreement = z.strictObject({
  type: z.literal('agreement'),
  v: z.literal(1),
  /** Random name of the relationship, known to these two only: 128 bits, as newId writes them. */
  rel: z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/),
  /** Id of the signed offer (a listing or an answer). */
  offer: id,
  /** The one-use name under which the seller knew the want, or set a piece aside for it; else null. */
  alias: id.nullable(),
  buyer: z.strictObject({ identity: id, key: id }),
  seller: z.strictObject({ storefront: id, key: id, name: line }),
  terms: id,
  /** When the terms are not those of the offer: the signed interaction in which both said yes to them. */
  agreedIn: id.optional(),
  title: line,
  quantity: z.int().min(1),
  does: z.array(Promised).min(1).max(20),
  gives: z.array(Asked).max(50),
  expectations: text,
  reviewDay: civilDate.nullable(),
  at: instant,
  salt: z.string(),
});
export type Agreement = z.infer<typeof Agreement>;

/** The seller's no, signed: both keep it. */
export const Refusal = z.strictObject({
  type: z.literal('refusal'),
  v: z.literal(1),
  agreement: id,
  storefront: id,
  code: z.enum([
    'offer-gone',
    'offer-late',
    'offer-withdrawn',
    'offer-unknown',
    'agreement-differs',
    'seller-away',
  ]),
  at: instant,
  salt: z.string(),
});
export type Refusal = z.infer<typeof Refusal>;

/** The seller vouches for its pairwise identity in this one relationship. */
export const Introduction = z.strictObject({
  type: z.literal('introduction'),
  v: z.literal(1),
  agreement: id,
  identity: id,
  storefront: id,
  salt: z.string(),
});
export type Introduction = z.infer<typeof Introduction>;

/** Lets a one-use key say, once for all to see, how one agreement of this storefront went; it names nothing else. */
export const Ticket = z.strictObject({
  type: z.literal('ticket'),
  v: z.literal(1),
  storefront: id,
  key: id,
  salt: z.string(),
});

export interface TicketRow {
  home_id: string;
  rel: string;
  /** The ticket as its wire form in JSON; null until the seller has signed. */
  document: string | null;
  market_host: string;
  market_inbox: string;
}

export interface AgreementTables {
  tickets: TicketRow;
}
