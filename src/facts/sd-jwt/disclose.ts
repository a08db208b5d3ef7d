import { hashId, toUtf8 } from '../../kernel/bytes.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../../kernel/result.ts';
import { isObject } from '../../records/index.ts';
import { malformedProof, readJson } from './compact.ts';

/** A disclosure, and where in the claims what it discloses came to stand. */
interface Placed {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

export interface Disclosed {
  /** What is said, with all digests taken out (RFC 9901, section 7.1: the processed payload). */
  readonly claims: JsonObject;
  readonly placed: readonly Placed[];
  /** How many digests are in it, with those that nothing was shown for. */
  readonly digests: number;
}

interface Disclosure {
  readonly text: string;
  readonly name: string | undefined;
  readonly value: Json;
}

interface Walk {
  readonly byDigest: ReadonlyMap<string, Disclosure>;
  readonly seen: Set<string>;
  readonly placed: Placed[];
}

/** These say whether a proof counts at all, so nobody may choose to leave them out (SD-JWT VC, section 2.2.2.2). */
const ALWAYS_SHOWN = ['iss', 'iat', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status', '_sd_alg'];

class Refused extends Error {}

/** Puts what is disclosed where its digest stands; fails with `proof-malformed` and `proof-disclosure-unfit`. */
export function disclose(payload: JsonObject, disclosures: readonly string[]): Result<Disclosed> {
  const { _sd_alg: hash = 'sha-256', ...rest } = payload;
  if (hash !== 'sha-256') return unfit('its digests are made in a way that is not known here');
  const byDigest = new Map<string, Disclosure>();
  for (const text of disclosures) {
    const read = readDisclosure(text);
    if (isFailure(read)) return read;
    const digest = digestOf(text);
    if (byDigest.has(digest)) return unfit('the same fact is shown twice');
    byDigest.set(digest, read);
  }
  const walk: Walk = { byDigest, seen: new Set(), placed: [] };
  try {
    const claims = objectOf(rest, walk, [], LIMITS.jsonDepth);
    if (walk.placed.length !== byDigest.size)
      return unfit('a fact is shown that whoever issued it did not sign');
    return ok({ claims, placed: walk.placed, digests: walk.seen.size });
  } catch (error) {
    if (error instanceof Refused) return unfit(error.message);
    throw error;
  }
}

/** The hash of the very characters, never of what they say. */
export function digestOf(disclosure: string): string {
  return hashId(toUtf8(disclosure));
}

function readDisclosure(text: string): Disclosure | Failure {
  const read = readJson(text);
  if (!read.ok) return read;
  const parts = read.value;
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') return malformedProof('a fact has no salt');
  if (parts.length === 2) return { text, name: undefined, value: parts[1] ?? null };
  const name = parts[1];
  if (parts.length !== 3 || typeof name !== 'string') return malformedProof('a fact has no name');
  return { text, name, value: parts[2] ?? null };
}

function objectOf(source: JsonObject, walk: Walk, path: Placed['path'], depth: number): JsonObject {
  if (depth <= 0) throw new Refused('it is nested too deeply');
  const { _sd: digests = [], ...shown } = source;
  if ('...' in shown) throw new Refused('a digest stands where none belongs');
  if (path.length > 0 && '_sd_alg' in shown) throw new Refused('it names its digests in the wrong place');
  const out = new Map<string, Json>();
  for (const [name, value] of Object.entries(shown))
    out.set(name, shownIn(value, walk, [...path, name], depth - 1));
  if (!Array.isArray(digests)) throw new Refused('its digests are no list');
  for (const digest of digests) {
    const found = take(walk, digest);
    if (!found) continue;
    const { name, text, value } = found;
    if (name === undefined) throw new Refused('a fact without a name stands where one is needed');
    if (name === '_sd' || name === '...' || out.has(name) || Object.hasOwn(shown, name))
      throw new Refused('a fact takes the place of another');
    if (path.length === 0 && ALWAYS_SHOWN.includes(name))
      throw new Refused('what a proof cannot do without is hidden in it');
    walk.placed.push({ text, path: [...path, name] });
    out.set(name, shownIn(value, walk, [...path, name], depth - 1));
  }
  return Object.fromEntries(out);
}

function listOf(source: readonly Json[], walk: Walk, path: Placed['path'], depth: number): Json[] {
  if (depth <= 0) throw new Refused('it is nested too deeply');
  const out: Json[] = [];
  for (const [i, entry] of source.entries()) {
    const place = [...path, i];
    if (!isObject(entry) || !Object.hasOwn(entry, '...')) {
      out.push(shownIn(entry, walk, place, depth - 1));
      continue;
    }
    if (Object.keys(entry).length !== 1) throw new Refused('something stands beside a digest');
    const found = take(walk, entry['...']);
    if (!found) continue;
    if (found.name !== undefined) throw new Refused('a fact with a name stands in a list');
    walk.placed.push({ text: found.text, path: place });
    out.push(shownIn(found.value, walk, place, depth - 1));
  }
  return out;
}

function shownIn(value: Json, walk: Walk, path: Placed['path'], depth: number): Json {
  if (Array.isArray(value)) return listOf(value, walk, path, depth);
  return isObject(value) ? objectOf(value, walk, path, depth) : value;
}

/** What stands behind a digest; undefined when nothing was shown for it. Each may stand once. */
function take({ byDigest, seen }: Walk, digest: Json | undefined): Disclosure | undefined {
  if (typeof digest !== 'string') throw new Refused('a digest is no text');
  if (seen.has(digest)) throw new Refused('a digest stands in it twice');
  seen.add(digest);
  return byDigest.get(digest);
}

function unfit(why: string): Failure {
  return fail(
    'proof-disclosure-unfit',
    `What is shown does not fit what was signed: ${why}.`,
    'Ask for it again; nothing was changed.',
  );
}
