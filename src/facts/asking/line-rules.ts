import type { Json, JsonObject } from '../../kernel/json.ts';
import { isObject } from '../../records/index.ts';
import type { CredentialQuery, Query } from './query.ts';

/** One fact that is asked for, which can be shown or refused by itself. */
export interface Line {
  /** The proof's id in the request, a slash, and the fact's id or its place. */
  readonly id: string;
  readonly credential: string;
  readonly kinds: readonly string[];
  /** Empty where only the proof itself is asked for. */
  readonly path: readonly string[];
  readonly values: readonly Json[] | undefined;
  /** True when something else would do, or it is not needed at all. */
  readonly isOptional: boolean;
}

export function linesOf(query: Query): Line[] {
  return query.credentials.flatMap((credential) => {
    const { id, claims, claim_sets: sets } = credential;
    const isFree = !isNeeded(query, id);
    const base = { credential: id, kinds: credential.meta.vct_values };
    if (!claims) return [{ ...base, id: `${id}/0`, path: [], values: undefined, isOptional: isFree }];
    return claims.map((claim, i) => ({
      ...base,
      id: `${id}/${claim.id ?? i}`,
      path: claim.path,
      values: claim.values,
      isOptional: isFree || sets?.every((set) => set.includes(claim.id ?? '')) === false,
    }));
  });
}

/** Whether nothing else than this proof would do. */
function isNeeded({ credential_sets: sets }: Query, id: string): boolean {
  if (!sets) return true;
  return sets.some((set) => set.required !== false && set.options.every((option) => option.includes(id)));
}

/** What stands at a path of names; undefined where there is nothing. */
export function valueAt(claims: JsonObject, path: readonly string[]): Json | undefined {
  let at: Json | undefined = claims;
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

/** Whether claims of a proof of this kind answer a line: a value that would not do counts as none. */
export function answers(line: Line, kind: string, claims: JsonObject): boolean {
  if (!line.kinds.includes(kind)) return false;
  const found = valueAt(claims, line.path);
  return found !== undefined && (line.values === undefined || line.values.includes(found));
}

/** Whether what is shown is all that was asked for, some of it, or nothing (OpenID4VP 1.0, section 6.4). */
export function satisfies(query: Query, shown: ReadonlySet<string>): 'all' | 'partly' | 'none' {
  if (shown.size === 0) return 'none';
  const isWhole = (id: string): boolean => {
    const credential = query.credentials.find((it) => it.id === id);
    return credential !== undefined && hasEnough(credential, shown);
  };
  const { credential_sets: all } = query;
  const needed = all?.filter((set) => set.required !== false);
  // Where nothing is needed by all means, all is one option of each.
  const sets = needed?.length === 0 ? all : needed;
  const isAll = sets
    ? sets.every((set) => set.options.some((option) => option.every(isWhole)))
    : query.credentials.every((it) => isWhole(it.id));
  return isAll ? 'all' : 'partly';
}

/** `shown` has the ids of the lines. */
function hasEnough({ id, claims, claim_sets: sets }: CredentialQuery, shown: ReadonlySet<string>): boolean {
  if (!claims) return shown.has(`${id}/0`);
  if (sets) return sets.some((set) => set.every((name) => shown.has(`${id}/${name}`)));
  return claims.every((claim, i) => shown.has(`${id}/${claim.id ?? i}`));
}
