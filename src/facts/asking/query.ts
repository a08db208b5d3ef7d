import { z } from 'zod';
import { FACT_LIMITS } from '../limits.ts';

const name = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'Use letters, digits, _ and -.');
/** The kind of a proof (`vct`): an address or a URN, or any other name without spaces. */
export const kind = z.string().regex(/^[!-}]{1,200}$/, 'Write the kind without spaces.');
const step = z
  .string()
  .min(1)
  .max(100)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'This has characters that cannot be kept.');
const value = z.union([step.max(FACT_LIMITS.claimChars), z.int(), z.boolean()]);

const ClaimQuery = z.object({
  id: name.optional(),
  path: z.array(step).min(1).max(FACT_LIMITS.queryPath),
  values: z.array(value).min(1).max(FACT_LIMITS.queryValues).optional(),
});

const CredentialQuery = z.object({
  id: name,
  format: z.literal('dc+sd-jwt'),
  meta: z.object({ vct_values: z.array(kind).min(1).max(FACT_LIMITS.queryOptions) }),
  multiple: z.literal(false).optional(),
  require_cryptographic_holder_binding: z.literal(true).optional(),
  // What is not understood must not be passed over where it narrows whose word counts.
  trusted_authorities: z
    .array(z.object({ type: z.string(), values: z.array(z.string()) }))
    .max(0, 'Lists of trusted issuers cannot be read here.')
    .optional(),
  claims: z.array(ClaimQuery).min(1).max(FACT_LIMITS.queryClaims).optional(),
  claim_sets: z
    .array(z.array(name).min(1).max(FACT_LIMITS.queryClaims))
    .min(1)
    .max(FACT_LIMITS.queryOptions)
    .optional(),
});
export type CredentialQuery = z.infer<typeof CredentialQuery>;

const CredentialSet = z.object({
  options: z.array(z.array(name).min(1).max(FACT_LIMITS.queryProofs)).min(1).max(FACT_LIMITS.queryOptions),
  required: z.boolean().optional(),
});

/**
 * What somebody would like to be shown, in the words of OpenID4VP 1.0, section 6 (DCQL), as far as SD-JWTs need it: paths
 * are names only. Members that are not named here are passed over, as that standard says.
 */
export const Query = z
  .object({
    credentials: z.array(CredentialQuery).min(1).max(FACT_LIMITS.queryProofs),
    credential_sets: z.array(CredentialSet).min(1).max(FACT_LIMITS.queryOptions).optional(),
  })
  .superRefine((query, context) => {
    for (const message of wrongs(query)) context.addIssue({ code: 'custom', message });
  });
export type Query = z.infer<typeof Query>;

/** What does not fit together, though each part has its form. */
function wrongs(query: {
  credentials: readonly CredentialQuery[];
  credential_sets?: readonly z.infer<typeof CredentialSet>[] | undefined;
}): string[] {
  const ids = query.credentials.map((it) => it.id);
  const found = query.credentials.flatMap(wrongsOf);
  if (new Set(ids).size !== ids.length) found.push('Two of the proofs have one id.');
  const named = (query.credential_sets ?? []).flatMap((set) => set.options.flat());
  if (named.some((id) => !ids.includes(id))) found.push('A combination names a proof that is not asked for.');
  return found;
}

function wrongsOf({ id, claims, claim_sets: sets }: CredentialQuery): string[] {
  const found: string[] = [];
  const ids = (claims ?? []).flatMap((claim) => claim.id ?? []);
  const paths = (claims ?? []).map((claim) => JSON.stringify(claim.path));
  if (new Set(ids).size !== ids.length) found.push(`Two facts of ${id} have one id.`);
  if (new Set(paths).size !== paths.length) found.push(`${id} asks for one fact twice.`);
  if (sets?.flat().some((name) => !ids.includes(name)))
    found.push(`A combination of ${id} names a fact that is not asked for.`);
  return found;
}
