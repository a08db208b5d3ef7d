import { hashId, toUtf8 } from '../../kernel/bytes.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import { isObject } from '../../records/index.ts';
import { FACT_LIMITS } from '../limits.ts';
import { jwtHolds, malformedProof, type Parts, readParts } from './compact.ts';
import { type Disclosed, disclose } from './disclose.ts';
import { type ProofKey, readProofKey } from './keys.ts';

/** A proof that holds. Whether its key is that of whom it names, only somebody who knows them can say. */
export interface Checked extends Disclosed {
  readonly parts: Parts;
  /** Who issued it, as it says: a DID, a web address, an identity. */
  readonly issuer: string;
  /** The key under which its signature holds. */
  readonly key: ProofKey;
  /** The kind of proof (`vct`). */
  readonly kind: string;
  readonly until: Instant | undefined;
  /** The key of its holder. */
  readonly holder: ProofKey | undefined;
}

/** To whom, for what and when something is shown. */
interface Shown {
  readonly audience: string;
  readonly nonce: string;
  /** When it was asked for: whatever was made before was made for something else. */
  readonly since: Instant;
  readonly now: Instant;
}

/** `dc+sd-jwt` is what SD-JWT VC says now, `vc+sd-jwt` what it said before; nothing else passes for a proof. */
const TYPES: readonly Json[] = ['dc+sd-jwt', 'vc+sd-jwt'];

/**
 * Whether a proof holds now, under a key that is known for its issuer or, without one, the key that it names itself.
 * Fails with `proof-…`. The order is that of RFC 9901, section 7.1.
 */
export function checkProof(text: string, now: Instant, known?: ProofKey): Result<Checked> {
  const parts = readParts(text);
  if (!parts.ok) return parts;
  const { issued, disclosures } = parts.value;
  if (!TYPES.includes(issued.header.typ ?? null)) return malformedProof('it does not say that it is one');
  const key = known ?? readProofKey(issued.header.jwk);
  if (!key) {
    return fail(
      'proof-key-absent',
      'Nobody here knows the key that signed this proof, and it names none.',
      'Give the key of whoever issued it too.',
    );
  }
  if (!jwtHolds(issued, key)) {
    return fail(
      'proof-signature-broken',
      'The signature of whoever issued this proof does not hold.',
      'Ask for it again; nothing was changed.',
    );
  }
  const disclosed = disclose(issued.payload, disclosures);
  if (!disclosed.ok) return disclosed;
  const said = readSaid(disclosed.value.claims, now);
  return said.ok ? ok({ ...disclosed.value, ...said.value, parts: parts.value, key }) : said;
}

/** The same of what somebody shows to me: it is bound to this receiver, this question and these facts (section 7.3). */
export function checkShown(text: string, shown: Shown, known?: ProofKey): Result<Checked> {
  const checked = checkProof(text, shown.now, known);
  if (!checked.ok) return checked;
  return checkBinding(text, checked.value.parts, checked.value.holder, shown) ?? checked;
}

/** What is wrong with the JWT by which a holder binds what is shown; undefined for nothing. Whether there is one never decides. */
export function checkBinding(
  text: string,
  { binding }: Parts,
  holder: ProofKey | undefined,
  shown: Shown,
): Failure | undefined {
  if (!binding || !holder) {
    return fail(
      'proof-unbound',
      'It is not signed by whoever shows it, so it may have been copied from somebody.',
      'Ask them to show it again.',
    );
  }
  const { aud, nonce, iat, sd_hash: hash } = binding.payload;
  if (binding.header.typ !== 'kb+jwt' || !jwtHolds(binding, holder)) return unbound('its signature');
  if (aud !== shown.audience) return unbound('whom it was made for');
  if (nonce !== shown.nonce) return unbound('the question that it was made for');
  const bare = text.slice(0, text.lastIndexOf('~') + 1);
  if (hash !== hashId(toUtf8(bare))) return unbound('what is shown with it');
  const at = typeof iat === 'number' ? iat * 1000 : Number.NaN;
  const { clocksDifferMs: slack } = FACT_LIMITS;
  const isInTime = at >= shown.since - slack && at <= shown.now + slack;
  return isInTime ? undefined : unbound('the time it was made at');
}

type Said = Pick<Checked, 'issuer' | 'kind' | 'until' | 'holder'>;

/** Who says it, of what kind it is and how long it counts; fails where one of these cannot be read or is over. */
function readSaid(claims: JsonObject, now: Instant): Result<Said> {
  const { iss, vct, cnf } = claims;
  if (!isName(iss) || !isName(vct)) return malformedProof('it names no issuer or no kind');
  const [issued, from, until] = [instantOf(claims.iat), instantOf(claims.nbf), instantOf(claims.exp)];
  const jwk = isObject(cnf) ? cnf.jwk : undefined;
  const holder = readProofKey(jwk);
  if (issued === null || from === null || until === null) return malformedProof('a time in it is none');
  if (cnf !== undefined && !holder) return malformedProof('it is bound to a key that cannot be read');
  if (until !== undefined && until <= now) {
    return fail(
      'proof-expired',
      'This proof is not good any more.',
      'Ask whoever issued it for a newer one.',
    );
  }
  if (Math.max(issued ?? 0, from ?? 0) > now + FACT_LIMITS.clocksDifferMs) {
    return fail('proof-early', 'This proof is not good yet.', 'Wait until it is, or ask for another one.');
  }
  return ok({ issuer: iss, kind: vct, until, holder });
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 500;
}

/** A NumericDate of whole seconds as an instant; null for anything that is none. */
function instantOf(value: Json | undefined): Instant | undefined | null {
  if (value === undefined) return undefined;
  return typeof value === 'number' && value >= 0 && value <= 99_999_999_999 ? value * 1000 : null;
}

function unbound(what: string): Failure {
  return fail(
    'proof-binding-broken',
    `It was not made for this: ${what} does not fit.`,
    'Ask them to show it again.',
  );
}
