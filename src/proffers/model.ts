import { z } from 'zod';
import { id, instant } from '../kernel/schema.ts';
import { NAMESPACE, rosterIds } from '../terms/index.ts';

/** The type of record, document and envelope in which one move travels. */
export const INTERACTION = 'agreement-interaction';

/**
 * One move of a negotiation in the words of the Data Privacy Vocabulary for IEEE 7012, signed by who made it and kept
 * by both as the same octets. Parties stand under the ids by which these two know each other.
 */
export const Interaction = z.object({
  class: z.literal(`${NAMESPACE}AgreementInteractionRecord`),
  negotiation: id,
  hasFirstParty: id,
  hasSecondParty: id,
  move: z.enum(['request', 'accept', 'offer-alternative', 'decline']),
  /** IRIs: what is proffered in order, what is accepted, the alternative; none when declining. */
  hasAgreement: rosterIds.max(15),
  /** The signed offer that a request to a storefront is about; what is agreed holds for that offer alone. */
  offer: id.exactOptional(),
  /** The IRI of the state that the move leads to. */
  hasStatus: z.string().max(120),
  /** No answer counts that was given after this. */
  until: instant,
  at: instant,
  salt: z.string().max(60),
});
export type Interaction = z.infer<typeof Interaction>;

const ProfferState = z.enum(['pending', 'accepted', 'alternative', 'declined', 'expired']);

export const Proffer = z.object({
  id,
  /** Whom I proffered to, or who proffered to me. */
  with: z.object({ name: z.string(), isSample: z.boolean() }),
  /** Set when it is part of a relationship. */
  relationship: id.optional(),
  /** Who proffered. */
  side: z.enum(['mine', 'theirs']),
  state: ProfferState,
  /** The same in the vocabulary's words. */
  status: z.string(),
  ids: z.array(z.string()),
  alternative: z.string().optional(),
  agreed: z.string().optional(),
  /** Whether it is I who answers now. */
  isMyTurn: z.boolean(),
  until: instant,
  /** The last move, as both keep it. */
  recordId: id,
  at: instant,
});
export type Proffer = z.infer<typeof Proffer>;

/** How the other side is reached when there is no relationship yet; `key` is its Ed25519 public key, base64url. */
export const Peer = z.object({
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  host: z.string().min(1).max(253),
  inbox: z.string().min(1).max(200),
});
export type Peer = z.infer<typeof Peer>;

export interface ProfferRow {
  home_id: string;
  id: string;
  /** Which party of the negotiation I am. */
  side: 'first' | 'second';
  kind: 'relationship' | 'storefront';
  /** The relationship; else the id by which I know the other side. */
  counter: string;
  name: string;
  is_sample: boolean;
  first_party: string;
  second_party: string;
  /** JSON of Peer; null in a relationship. */
  peer: string | null;
  /** The signed offer it is about; null in a relationship. */
  offer: string | null;
  /** JSON of Negotiation. */
  negotiation: string;
  is_over: boolean;
  last_record: string;
  begun_at: number;
  moved_at: number;
}

export interface ProfferTables {
  proffers: ProfferRow;
}
