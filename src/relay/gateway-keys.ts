import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { deriveHpkeKey } from '../kernel/hpke.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { derive } from '../kernel/sealing.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  decodeKeys,
  encodeKeys,
  type GatewayKey,
  type KeyConfiguration,
  PUBLISHED_AEADS,
} from '../network/index.ts';
import { fromWire, readDocument, signDocument, signedBy, toWire } from '../records/index.ts';
import { RELAY_LIMITS } from './limits.ts';

export const SIGNED_KEYS_TYPE = 'application/parley-gateway-keys';
const DOCUMENT = 'gateway-keys';

/** A node that sealed requests can be sent to. */
export interface Gateway {
  readonly host: string;
  readonly configuration: KeyConfiguration;
  /** Nothing is sealed with these keys from then on. */
  readonly until: Instant;
}

export function epochAt(now: Instant): number {
  return Math.floor(now / RELAY_LIMITS.epochMs);
}

/** The key of an epoch and the one before, which senders may still hold. The same node key always gives the same. */
export function gatewayKeys(nodeKey: Uint8Array, epoch: number): readonly [GatewayKey, GatewayKey] {
  const of = (at: number): GatewayKey => ({
    keyId: at & 0xff,
    key: deriveHpkeKey(derive(nodeKey, `parley/gateway/v1/${at}`)),
    aeads: PUBLISHED_AEADS,
  });
  return [of(epoch), of(epoch - 1)];
}

/** Milliseconds UTC until which the key that an epoch publishes is sealed with. */
export function keyEnds(epoch: number): Instant {
  return (epoch + 2) * RELAY_LIMITS.epochMs - RELAY_LIMITS.keyMarginMs;
}

/** `application/ohttp-keys` with the key that is published now. */
export function publishedKeys([current]: readonly [GatewayKey, GatewayKey]): Uint8Array {
  return encodeKeys([{ keyId: current.keyId, publicKey: current.key.publicKey, aeads: current.aeads }]);
}

/** The same under the node's own signature: a relay hands it on and cannot exchange it. All of an epoch are equal. */
export function signKeys(host: string, keys: Uint8Array, until: Instant, signer: SigningKey): Uint8Array {
  const payload = { type: DOCUMENT, v: 1, host, keys: toBase64url(keys), until };
  return toUtf8(JSON.stringify(toWire(signDocument(payload, signer))));
}

/** The gateway that these signed keys are of, for whoever knows its public key. Fails with `gateway-keys-refused`. */
export function readKeys(
  octets: Uint8Array,
  host: string,
  publicKey: Uint8Array,
  now: Instant,
): Result<Gateway> {
  const text = octets.length <= RELAY_LIMITS.keysBytes ? fromUtf8(octets) : undefined;
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  const document = parsed?.ok ? fromWire(parsed.value) : undefined;
  if (!document?.ok || !signedBy(document.value, publicKey)) return refused();
  const payload = readDocument(document.value, DOCUMENT, 1);
  if (!payload.ok) return refused();
  const { host: named, keys, until } = payload.value;
  if (named !== host || typeof keys !== 'string' || typeof until !== 'number' || until <= now)
    return refused();
  const listed = decodeKeys(fromBase64url(keys) ?? new Uint8Array(0));
  const configuration = listed.ok ? listed.value[0] : undefined;
  return configuration ? ok({ host, configuration, until }) : refused();
}

function refused(): Result<never> {
  return fail(
    'gateway-keys-refused',
    'What the relay says are the keys of the other node is not signed by it, or has expired. Nothing was sent.',
    'Choose another relay, or try again later.',
  );
}
