import { hashId, toBase64url, toUtf8 } from '../../kernel/bytes.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Random } from '../../kernel/random.ts';
import { signJwt } from './compact.ts';
import { type Disclosed, digestOf } from './disclose.ts';
import type { ProofKey, ProofSigner } from './keys.ts';

/** Who says something, of what kind, and when. */
interface Said {
  readonly issuer: string;
  /** Where the key is found that it is signed with. */
  readonly kid: string;
  readonly kind: string;
  readonly issued: Instant;
  readonly until: Instant;
}

/** What a proof says, and who says it. */
interface ToIssue extends Said {
  readonly claims: JsonObject;
}

const DAY_MS = 86_400_000;
/** Every proof has a multiple of so many digests, so that their number does not tell which facts are in it. */
const DIGESTS = 8;

/**
 * An SD-JWT VC with each fact in a disclosure of its own. Days stand for times in it and digests that hide nothing fill
 * it up, so that beside salts, digests, key and signature no two copies of that day differ.
 */
export function issueProof(what: ToIssue, holder: ProofKey, signer: ProofSigner, random: Random): string {
  const disclosures = Object.entries(what.claims).map(([name, value]) =>
    encoded([toBase64url(random.bytes(16)), name, value]),
  );
  const digests = disclosures.map(digestOf);
  while (digests.length < digestCount(disclosures.length)) digests.push(hashId(random.bytes(32)));
  const { header, payload } = signedParts(what, holder, signer.key, digests);
  return [signJwt(header, payload, signer), ...disclosures, ''].join('~');
}

/** Digests of a proof of so many facts. */
export function digestCount(facts: number): number {
  return Math.max(1, Math.ceil(facts / DIGESTS)) * DIGESTS;
}

/** Header and payload as they stand in every copy, member by member: whoever receives some compares them with this. */
export function signedParts(
  what: Said,
  holder: ProofKey,
  key: ProofKey,
  digests: readonly string[],
): { header: JsonObject; payload: JsonObject } {
  const payload = {
    iss: what.issuer,
    vct: what.kind,
    iat: Math.floor(what.issued / DAY_MS) * (DAY_MS / 1000),
    exp: Math.ceil(what.until / 1000),
    cnf: { jwk: holder.jwk },
    _sd_alg: 'sha-256',
    _sd: [...digests].sort(),
  };
  const [alg = ''] = key.algs;
  return { header: { alg, typ: 'dc+sd-jwt', kid: what.kid, jwk: key.jwk }, payload };
}

export function encoded(value: Json): string {
  return toBase64url(toUtf8(JSON.stringify(value)));
}

/**
 * The disclosures by which these facts can be seen: those on the way to each, and what is hidden within it. In the order of
 * their names, so that no copy is told by its own.
 */
export function disclosuresFor(
  { placed }: Pick<Disclosed, 'placed'>,
  paths: readonly (readonly (string | number)[])[],
): string[] {
  const isNeeded = (path: readonly (string | number)[]): boolean =>
    paths.some((wanted) => wanted.every((step, i) => i >= path.length || path[i] === step));
  const needed = placed.filter(({ path }) => isNeeded(path));
  const named = needed.map(({ path, text }) => ({ name: JSON.stringify(path), text }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }) => text);
}

/** To whom something is shown, in answer to what. */
interface For {
  readonly audience: string;
  readonly nonce: string;
  readonly at: Instant;
}

/** An SD-JWT+KB: the proof with these disclosures and no others, bound to one receiver and one question. */
export function showProof(
  issued: string,
  disclosures: readonly string[],
  to: For,
  holder: ProofSigner,
): string {
  const bare = [issued, ...disclosures, ''].join('~');
  const payload = {
    iat: Math.floor(to.at / 1000),
    aud: to.audience,
    nonce: to.nonce,
    sd_hash: hashId(toUtf8(bare)),
  };
  return bare + signJwt({ typ: 'kb+jwt' }, payload, holder);
}
