import type { Instant } from '../../kernel/clock.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { type Failure, fail, isFailure } from '../../kernel/result.ts';
import type { Outcome, Presented } from '../model.ts';
import { ownWordOf } from '../own-word.ts';
import { type Checked, checkShown } from '../sd-jwt/check.ts';
import { answers, type Line, linesOf, valueAt } from './line-rules.ts';
import type { Query } from './query.ts';

/** A request with who asked, and an answer with who gave it. */
export interface ToJudge {
  readonly query: Query;
  /** The request's id, and when it came. */
  readonly nonce: string;
  readonly since: Instant;
  /** The identity that asked, as a receiver of proofs is named. */
  readonly audience: string;
  readonly now: Instant;
  /** The identity that answers, and every key that it has signed with (base64url). */
  readonly by: string;
  readonly keys: readonly string[];
  readonly shown: readonly { readonly credential: string; readonly presentation: string }[];
}

/**
 * What each proof of an answer shows, and whether it holds by itself. Whose word it is, and so what it proves, is found out
 * later and by whoever looks: see `worth.ts`.
 */
export function judge(it: ToJudge): Outcome {
  const lines = linesOf(it.query);
  const presented = it.shown.map(({ credential, presentation }, i) => {
    const own = lines.filter((line) => line.credential === credential);
    const isFirst = it.shown.findIndex((other) => other.credential === credential) === i;
    return own.length === 0 || !isFirst
      ? broken(credential, unasked())
      : presentedBy(it, credential, own, presentation);
  });
  return { presented, at: it.now };
}

function presentedBy(it: ToJudge, credential: string, lines: readonly Line[], text: string): Presented {
  const checked = checkShown(text, it);
  if (isFailure(checked)) return broken(credential, checked);
  const { issuer, kind, key, until, claims } = checked.value;
  const isOwnWord = issuer.startsWith(ownWordOf(''));
  const base = {
    ...{ credential, kind, issuer, isOwnWord },
    key: key.jwk as Record<string, string>, // every member of a public key is a text
    ...(until !== undefined && { until }),
  };
  const wrong = isOwnWord ? wrongWord(it, checked.value) : undefined;
  const said = lines.filter((line) => answers(line, kind, claims));
  const problem = wrong ?? (said.length === 0 ? unasked() : undefined);
  if (problem) return { ...base, facts: [], problem: { code: problem.code, message: problem.message } };
  return { ...base, facts: said.map((line) => factOf(line, claims)) };
}

function factOf({ id, path }: Line, claims: JsonObject): Presented['facts'][number] {
  return path.length === 0 ? { line: id } : { line: id, value: valueAt(claims, path) ?? null };
}

/** A word of their own is signed by the key that speaks for them here, and names nobody else. */
function wrongWord({ by, keys }: ToJudge, { issuer, key }: Checked): Failure | undefined {
  const { kty, x } = key.jwk;
  const isTheirs = kty === 'OKP' && typeof x === 'string' && keys.includes(x);
  if (issuer === ownWordOf(by) && isTheirs) return undefined;
  return fail(
    'proof-issuer-other',
    'It is said to be their own word, and is signed by somebody else.',
    'Ask them to show it again.',
  );
}

function unasked(): Failure {
  return fail('proof-unasked', 'It shows nothing that was asked for.', 'Ask them what it is for.');
}

function broken(credential: string, { code, message }: Failure): Presented {
  return { credential, isOwnWord: false, facts: [], problem: { code, message } };
}

/** The claims of a proof without what it says of itself. */
export function factsIn(claims: JsonObject): JsonObject {
  const own = ['iss', 'iat', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status', 'sub'];
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !own.includes(name)));
}
