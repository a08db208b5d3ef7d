import { z } from 'zod';
import { id, instant, line, text } from '../kernel/schema.ts';
import { rosterId } from '../terms/index.ts';
import { INVITATION_LIMITS } from './limits.ts';

export const INVITATION = 'invitation';
export const ACQUAINTANCE = 'acquaintance';
export const REFUSAL = 'acquaintance-refusal';

export const Note = text.max(INVITATION_LIMITS.noteChars);
const salt = z.string().max(60);
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const wire = z.object({
  payload: z.string(),
  signatures: z
    .array(z.object({ protected: z.string(), signature: z.string() }))
    .min(1)
    .max(4),
});

/** What somebody whom I hand a code reads before anything is sent: who I am to them, and on which terms. */
export const Invitation = z.strictObject({
  type: z.literal(INVITATION),
  v: z.literal(1),
  /** The inception of an identity that was made for this one person. */
  identity: wire,
  /** What I am called in it. */
  name: line,
  note: Note,
  terms: rosterId,
  /** Nobody can accept it after this, by the inviter's clock. */
  until: instant,
  /** SHA-256 of the secret in the code: the document alone admits nobody. */
  secret: key,
  at: instant,
  salt,
});
export type Invitation = z.infer<typeof Invitation>;

const Side = z.strictObject({ identity: id, key, name: line.nullable() });

/**
 * What two people sign who meet by an invitation, over identical octets: the terms that hold between them, and nothing
 * that either would have to do (docs/decisions/0010-acquaintances.md).
 */
export const Acquaintance = z.strictObject({
  type: z.literal(ACQUAINTANCE),
  v: z.literal(1),
  /** Random name of the relationship, known to these two only. */
  rel: z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/),
  /** Id of the invitation. */
  invitation: id,
  inviter: Side,
  invited: Side,
  terms: rosterId,
  note: Note,
  at: instant,
  salt,
});
export type Acquaintance = z.infer<typeof Acquaintance>;

/** The inviter's no, signed: both keep it. */
export const Refusal = z.strictObject({
  type: z.literal(REFUSAL),
  v: z.literal(1),
  acquaintance: id,
  at: instant,
  salt,
});

export interface InvitationRow {
  home_id: string;
  /** The id of the signed invitation. */
  id: string;
  identity: string;
  name: string;
  note: string;
  terms: string;
  /** SHA-256 of the secret; the secret itself is nowhere but in the code. */
  secret_hash: string;
  document: string;
  state: 'open' | 'taken' | 'withdrawn';
  /** The relationship that its acceptance asks for. */
  relationship: string | null;
  until_at: number;
  made_at: number;
}

export interface InvitationTables {
  invitations: InvitationRow;
}
