import { toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { assert, must } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import { makeContentDigest } from './content-digest.ts';
import { NETWORK_LIMITS } from './limits.ts';
import type { WireRequest } from './model.ts';
import { serializeDictionary } from './serialize-fields.ts';
import { signatureBase } from './signature-base.ts';
import { coverage, isNonce, LABEL, type Tag } from './signature-profile.ts';
import type { BareItem } from './structured-fields.ts';

/** When a signature is valid, and what makes it one of its kind. */
export interface Signing {
  readonly created: Instant;
  /** At most 300 s after `created`. */
  readonly expires: Instant;
  /** base64url, 128 bits at least; never used twice. */
  readonly nonce: string;
  readonly tag: Tag;
}

/** The request with its digest and this key's signature (RFC 9421). It has to have a `content-type`. */
export function signRequest(request: WireRequest, key: SigningKey, signing: Signing): WireRequest {
  const created = Math.floor(signing.created / 1000);
  const expires = Math.floor(signing.expires / 1000);
  const seconds = expires - created;
  assert(seconds > 0 && seconds <= NETWORK_LIMITS.signatureSeconds, 'a signature is valid for 300 s at most');
  assert(isNonce(signing.nonce), 'a nonce is base64url of 128 bits at least');
  assert(/^https?:\/\/[!"$-~]+$/.test(request.url), 'a request is signed for an absolute address without #');
  const covered = coverage({
    created,
    expires,
    nonce: signing.nonce,
    keyid: toBase64url(key.publicKey),
    tag: signing.tag,
  });
  const headers = { ...request.headers, 'content-digest': makeContentDigest(request.body) };
  const base = must(signatureBase({ ...request, headers }, covered));
  const bare: BareItem = { kind: 'bytes', value: key.sign(toUtf8(base)) };
  return {
    ...request,
    headers: {
      ...headers,
      'signature-input': serializeDictionary(new Map([[LABEL, covered]])),
      signature: serializeDictionary(new Map([[LABEL, { bare, params: new Map() }]])),
    },
  };
}
