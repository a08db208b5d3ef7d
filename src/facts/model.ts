import { z } from 'zod';
import { id, instant, line, text } from '../kernel/schema.ts';
import { kind } from './asking/query.ts';
import { FACT_LIMITS } from './limits.ts';

const ProofState = z.enum(['offered', 'asked', 'held', 'issued', 'expired']);
type StoredState = Exclude<z.infer<typeof ProofState>, 'expired'>;

/** One fact: where it stands in a proof, and the same in words. */
const Fact = z.object({
  path: z.array(z.string()),
  says: z.string(),
  value: z.string().optional(),
});

/** Whose word a proof is. */
export const Issuer = z.object({
  name: z.string().describe('The public name where there is one, else what the proof says.'),
  address: z.string().optional(),
  key: z
    .enum(['unchecked', 'current', 'earlier', 'other', 'given', 'own-word'])
    .describe(
      'Whether it is the key that the node of that name shows for them (current), one that they have replaced (earlier), another one, one that was given with the proof, or the key of whoever shows it; unchecked when that node was last asked more than 7 days before.',
    ),
  checkedAt: instant.optional(),
});
export type Issuer = z.infer<typeof Issuer>;

export const Proof = z.object({
  id,
  isIssued: z.boolean().describe('True for what I issued to somebody, false for what I can show.'),
  isImported: z.boolean(),
  kind,
  name: z.string(),
  facts: z.array(Fact),
  issuer: Issuer,
  relationship: id.optional(),
  with: line.optional(),
  state: ProofState,
  until: instant.optional(),
  since: instant,
  copies: z.object({
    left: z.int().min(0).describe('Copies that nobody has seen yet.'),
    used: z.int().min(0),
    isLow: z.boolean(),
  }),
});
export type Proof = z.infer<typeof Proof>;

const lineId = z.string().regex(/^[A-Za-z0-9_-]{1,40}\/[A-Za-z0-9_-]{1,40}$/);

/** What one proof of an answer showed, or why it counts for nothing. */
const Presented = z.object({
  credential: z.string(),
  kind: kind.optional(),
  issuer: z.string().optional(),
  /** JWK of the key that signed it. */
  key: z.record(z.string(), z.string()).optional(),
  isOwnWord: z.boolean(),
  until: instant.optional(),
  facts: z.array(z.object({ line: lineId, value: z.json().optional() })),
  problem: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Presented = z.infer<typeof Presented>;

/** What came of a request, as both keep it; what it proves is found out when somebody looks. */
export const Outcome = z.object({
  presented: z.array(Presented),
  /** When it came, by the clock of whoever keeps this; absent in what was kept before this was noted. */
  at: instant.optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** A line of a request as whoever answers or has asked sees it. */
const RequestLine = z.object({
  id: lineId,
  says: z.string(),
  kinds: z.array(z.string()).describe('Names of the kinds of proof that would do.'),
  isOptional: z.boolean(),
  /** Values that would do, in words. */
  wanted: z.array(z.string()).optional(),
  /** Proofs of mine that say it, with what they say. */
  candidates: z.array(
    z.object({
      ...{ proof: id, issuer: z.string(), value: z.string(), copies: z.int() },
      isImported: z.boolean().describe('True when the same copy is shown each time, and can be recognised.'),
      alsoShows: z
        .array(z.object({ path: z.array(z.string()), says: z.string() }))
        .describe(
          'What goes out with this line beyond it: facts that the issuer did not hide by themselves.',
        ),
    }),
  ),
  outcome: z
    .enum(['waiting', 'shown', 'unconfirmed', 'own-word', 'refused', 'broken'])
    .describe(
      'To whoever asked, shown is proven: the key is the one that the node of that name shows; unconfirmed is signed by a key of which that is not known.',
    ),
  value: z.string().optional(),
});
export type RequestLine = z.infer<typeof RequestLine>;

export const ProofRequest = z.object({
  id,
  relationship: id,
  isMine: z.boolean().describe('True when I have asked.'),
  purpose: text,
  state: z.enum(['open', 'answered', 'expired']),
  at: instant,
  until: instant,
  answeredAt: instant.optional(),
  lines: z.array(RequestLine),
  verdict: z.enum(['all', 'partly', 'none']).optional(),
  /** Whose word each shown proof is, and what does not hold, in plain words. */
  proofs: z.array(
    z.object({
      credential: z.string(),
      name: z.string(),
      issuer: Issuer,
      problem: z.string().optional(),
    }),
  ),
});
export type ProofRequest = z.infer<typeof ProofRequest>;

/** Names of what a proof says of itself. */
const RESERVED: readonly string[] = [
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'cnf', 'vct', 'status', 'address'],
];

/** What a proof that is issued here may say. */
export const Claims = z
  .record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/, 'Use lower-case letters, digits and _.')
      .refine((name) => !RESERVED.includes(name), 'That name means something else in a proof.'),
    z.union([z.string().min(1).max(FACT_LIMITS.claimChars), z.int(), z.boolean()]),
  )
  .refine((claims) => {
    const count = Object.keys(claims).length;
    return count >= 1 && count <= FACT_LIMITS.claims;
  }, `Say one to ${FACT_LIMITS.claims} facts.`);

export interface ProofRow {
  home_id: string;
  id: string;
  /** Null for one that was imported. */
  rel: string | null;
  is_issued: boolean;
  kind: string;
  /** What the proof says who issued it. */
  issuer: string;
  /** JWK of the issuer's key as JSON; null before a copy is here. */
  issuer_key: string | null;
  /** What it says, as JSON under the node's key. */
  sealed_claims: Uint8Array;
  state: StoredState;
  until_at: number | null;
  made_at: number;
  /** Copies that were asked for, and that were made. */
  asked: number;
  made: number;
  /** Of one that I issue: keys for which copies are to be made, as JSON. */
  wanted: string | null;
}

export interface CopyRow {
  home_id: string;
  proof: string;
  number: number;
  /** The SD-JWT under the node's key; gone once it was shown. */
  sealed_copy: Uint8Array | null;
  /** Of one that was imported: its holder's key as a JWK, under the node's key. */
  sealed_key: Uint8Array | null;
  used_at: number | null;
}

export interface RequestRow {
  home_id: string;
  /** Of the record that asked: what an answer is bound to. */
  id: string;
  rel: string;
  is_mine: boolean;
  /** JSON of Query. */
  query: string;
  purpose: string;
  state: 'open' | 'answered';
  until_at: number;
  at: number;
  answered_at: number | null;
  /** JSON of Outcome. */
  answer: string | null;
  answer_record: string | null;
}

export interface IssuerRow {
  home_id: string;
  address: string;
  did: string;
  name: string;
  /** JSON of public keys in base64url, the one in force last. */
  keys: string;
  checked_at: number;
}

export interface FactTables {
  proofs: ProofRow;
  proof_copies: CopyRow;
  proof_requests: RequestRow;
  proof_issuers: IssuerRow;
}
