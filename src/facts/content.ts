import { z } from 'zod';
import { id, instant, text } from '../kernel/schema.ts';
import { base64url, publicKey } from '../market/index.ts';
import { kind, Query } from './asking/query.ts';
import { FACT_LIMITS } from './limits.ts';
import { Claims } from './model.ts';

const salt = z.string();
const proofText = z.string().min(1).max(FACT_LIMITS.proofChars);
const address = z.string().regex(/^[a-z0-9-]{1,32}@[a-z0-9.:-]{1,253}$/);

/** Whoever sends it would issue such a proof, under the public name that stands in it. */
export const Offered = z.object({ salt, proof: id, kind, claims: Claims, issuer: address, until: instant });

/** Copies are wanted of a proof that was offered, one for each of these keys, which are used for nothing else. */
export const Wanted = z.object({
  salt,
  proof: id,
  keys: z.array(publicKey).min(1).max(FACT_LIMITS.copiesAtOnce),
});

/** The copies: SD-JWTs, whose disclosures are all there. */
export const Issued = z.object({
  salt,
  proof: id,
  copies: z.array(proofText).min(1).max(FACT_LIMITS.copiesAtOnce),
});

/** What somebody would like to be shown, and why. The id of this record is what an answer is bound to. */
export const Asked = z.object({ salt, query: Query, purpose: text, until: instant });

/** What is shown of what was asked for, and which lines are not. */
export const Answered = z.object({
  salt,
  request: base64url,
  shown: z
    .array(z.object({ credential: z.string().max(40), presentation: proofText }))
    .max(FACT_LIMITS.queryProofs),
  refused: z.array(z.string().max(100)).max(FACT_LIMITS.queryProofs * FACT_LIMITS.queryClaims),
});
