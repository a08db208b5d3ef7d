import { fromBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { verifySignature } from '../kernel/signing.ts';
import { checkContentDigest } from './content-digest.ts';
import { NETWORK_LIMITS } from './limits.ts';
import type { WireRequest } from './model.ts';
import { parseDictionary } from './parse-fields.ts';
import { serializeDictionary } from './serialize-fields.ts';
import { signatureBase } from './signature-base.ts';
import { isNonce, LABEL, readCoverage, type SignatureParams } from './signature-profile.ts';
import { type Dictionary, type InnerList, isInnerList } from './structured-fields.ts';

interface Verified {
  /** Whose signature it is: 32 octets. */
  readonly publicKey: Uint8Array;
  /** Has to be remembered until `expires`, so that the same request does not count twice. */
  readonly nonce: string;
  readonly expires: Instant;
}

/**
 * Whose request this is. `url` is the address that the receiver knows itself by, never one made from a Host field.
 * What costs little is checked first, and no key is looked up: it stands in the request. That the key is the right
 * one, and the nonce a new one, is for the caller to say.
 */
export function verifyRequest(request: WireRequest, now: Instant): Result<Verified> {
  const tooLarge = checkSizes(request);
  if (tooLarge) return tooLarge;
  const found = readSignature(request.headers);
  if (!found.ok) return found;
  const { params, publicKey, signature, covered } = found.value;
  const atAnotherTime = checkClock(params, now);
  if (atAnotherTime) return atAnotherTime;
  const digest = checkContentDigest(request.headers['content-digest'], request.body);
  if (!digest.ok) return digest;
  const base = signatureBase(request, covered);
  if (!base.ok) return base;
  if (!verifySignature(publicKey, toUtf8(base.value), signature)) return broken();
  return ok({ publicKey, nonce: params.nonce, expires: params.expires * 1000 });
}

interface Found {
  readonly params: SignatureParams;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly covered: InnerList;
}

function checkSizes({ method, url, headers, body }: WireRequest): Failure | undefined {
  const fields = ['signature-input', 'signature', 'content-digest', 'content-type'];
  const isSmall =
    body.length <= LIMITS.requestBytes &&
    url.length <= NETWORK_LIMITS.urlChars &&
    [method, ...fields.map((name) => headers[name] ?? '')].every(
      (text) => text.length <= NETWORK_LIMITS.fieldChars,
    );
  if (isSmall) return undefined;
  return fail('request-too-large', 'The request is larger than Parley takes.', 'Send less at once.');
}

/** Our one signature. Both fields have to be written in the one way in which RFC 9651 serialises them. */
function readSignature(headers: WireRequest['headers']): Result<Found> {
  const inputs = dictionary(headers['signature-input']);
  const signatures = dictionary(headers.signature);
  if (!inputs || !signatures) return malformed('its fields are not well formed');
  const [covered, given] = [inputs.get(LABEL), signatures.get(LABEL)];
  if (covered === undefined || given === undefined) return missing();
  if (!isInnerList(covered)) return malformed('its input is no list');
  if (isInnerList(given) || given.bare.kind !== 'bytes' || given.params.size > 0) {
    return malformed('it is not made of octets');
  }
  const params = readParams(covered);
  const publicKey = params && fromBase64url(params.keyid);
  if (!params || publicKey?.length !== 32) return malformed('its parameters are not those of parley-v1');
  if (given.bare.value.length !== 64) return malformed('it has not 64 octets');
  return ok({ params, publicKey, signature: given.bare.value, covered });
}

/** Undefined when the text is anything but what its own reading serialises to: spaces, repeated labels, escapes. */
function dictionary(text: string | undefined): Dictionary | undefined {
  const read = parseDictionary(text ?? '');
  return read.ok && serializeDictionary(read.value) === (text ?? '') ? read.value : undefined;
}

/** Undefined when the list is not, component for component and in its order, what the profile covers. */
function readParams(covered: InnerList): SignatureParams | undefined {
  const params = readCoverage(covered);
  const seconds = params && params.expires - params.created;
  if (!params || !seconds || seconds < 0 || seconds > NETWORK_LIMITS.signatureSeconds) return undefined;
  return isNonce(params.nonce) ? params : undefined;
}

function checkClock({ created, expires }: SignatureParams, now: Instant): Failure | undefined {
  const isInTime = created * 1000 <= now + NETWORK_LIMITS.aheadSeconds * 1000 && now < expires * 1000;
  if (isInTime) return undefined;
  return fail(
    'clock-differs',
    'The request was signed for another time than the clock here shows.',
    'Sign it again in the time that this answer gives.',
  );
}

function missing(): Failure {
  return fail(
    'signature-missing',
    'The request bears no signature of Parley’s.',
    'Sign it and send it again.',
  );
}

function malformed(how: string): Failure {
  return fail(
    'signature-malformed',
    `The signature of the request cannot be used: ${how}.`,
    'Sign it as the profile parley-v1 says, and send it again.',
  );
}

function broken(): Failure {
  return fail(
    'signature-broken',
    'The signature does not belong to this request. Nothing was taken.',
    'Send what was signed, unchanged, to the address it was signed for.',
  );
}
