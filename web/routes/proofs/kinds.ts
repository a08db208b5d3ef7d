/** Kinds of proof that the pages offer, each with facts that it can have. */
export type KnownKind = 'age' | 'residence' | 'mail';
export type FactName =
  | 'age_over_16'
  | 'age_over_18'
  | 'age_over_21'
  | 'country'
  | 'region'
  | 'locality'
  | 'email'
  | 'email_verified';

export const KINDS: Readonly<Record<KnownKind, { kind: string; facts: readonly FactName[] }>> = {
  age: { kind: 'urn:parley:proof:age', facts: ['age_over_16', 'age_over_18', 'age_over_21'] },
  residence: { kind: 'urn:parley:proof:residence', facts: ['country', 'region', 'locality'] },
  mail: { kind: 'urn:parley:proof:mail', facts: ['email', 'email_verified'] },
};

/** Facts that are only true or not. */
export const isYesOrNo = (name: FactName): boolean => /^age_over_|_verified$/.test(name);

/** The request for these facts, in DCQL. */
export function queryFor(known: KnownKind, facts: readonly FactName[]) {
  return {
    credentials: [
      {
        id: known,
        format: 'dc+sd-jwt' as const,
        meta: { vct_values: [KINDS[known].kind] },
        claims: facts.map((name) => ({ id: name, path: [name] })),
      },
    ],
  };
}
