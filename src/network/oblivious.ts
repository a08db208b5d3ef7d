import { concat, toUtf8 } from '../kernel/bytes.ts';
import { hkdfExpand, hkdfExtract } from '../kernel/hkdf.ts';
import {
  AES_256_GCM,
  type Aead,
  gcmOpen,
  gcmSeal,
  type HpkeKey,
  KDF_SHA256,
  KEM_OCTETS,
  KEM_X25519_SHA256,
  keyOctets,
  NONCE_OCTETS,
  setupRecipient,
  setupSender,
} from '../kernel/hpke.ts';
import type { Random } from '../kernel/random.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type KeyConfiguration, preferredAead } from './key-configuration.ts';

/** Oblivious HTTP (RFC 9458), section 4: a binary HTTP request sealed for a gateway, and its answer sealed back. */
export const REQUEST_TYPE = 'message/ohttp-req';
export const RESPONSE_TYPE = 'message/ohttp-res';

const HEADER_OCTETS = 7;
const REQUEST_INFO = toUtf8('message/bhttp request\0');
const RESPONSE_CONTEXT = toUtf8('message/bhttp response');
const KEY_LABEL = toUtf8('key');
const NONCE_LABEL = toUtf8('nonce');

/** A key that a gateway opens requests with, and the algorithms that it published with it. */
export interface GatewayKey {
  readonly keyId: number;
  readonly key: HpkeKey;
  readonly aeads: readonly Aead[];
}

interface SealedRequest {
  readonly octets: Uint8Array;
  /** The plain answer; undefined when it is none to this request. */
  openResponse(sealed: Uint8Array): Uint8Array | undefined;
}

interface OpenedRequest {
  readonly plain: Uint8Array;
  /** 32 octets that no two requests share. */
  readonly encapsulated: Uint8Array;
  sealResponse(plain: Uint8Array, random: Random): Uint8Array;
}

/** Fails with `gateway-keys-unusable`. */
export function sealRequest(
  configuration: KeyConfiguration,
  plain: Uint8Array,
  random: Random,
): Result<SealedRequest> {
  const aead = preferredAead(configuration);
  const header = aead === undefined ? undefined : headerOf(configuration.keyId, aead);
  const sender =
    aead && header && setupSender(configuration.publicKey, concat(REQUEST_INFO, header), aead, random);
  if (!aead || !header || !sender) {
    return fail(
      'gateway-keys-unusable',
      'The keys of the other node cannot be used. Nothing was sent.',
      'Try again later, or tell whoever runs that node.',
    );
  }
  const { encapsulated } = sender;
  const octets = concat(header, encapsulated, sender.seal(plain));
  return ok({
    octets,
    openResponse(sealed) {
      const nonceLength = Math.max(keyOctets(aead), NONCE_OCTETS);
      const { key, nonce } = responseKeys(sender, encapsulated, sealed.subarray(0, nonceLength), aead);
      return gcmOpen(aead, key, nonce, sealed.subarray(nonceLength));
    },
  });
}

/** Fails with `gateway-key-unknown`, or with `sealed-request-unreadable`. */
export function openRequest(keys: readonly GatewayKey[], octets: Uint8Array): Result<OpenedRequest> {
  const header = octets.subarray(0, HEADER_OCTETS);
  const encapsulated = encapsulatedIn(octets);
  const found = keys
    .flatMap((it) => it.aeads.map((aead) => ({ ...it, aead })))
    .find((it) => Buffer.compare(headerOf(it.keyId, it.aead), header) === 0);
  if (!found) {
    return fail(
      'gateway-key-unknown',
      'The request is sealed with a key that this node does not use. It was not opened.',
      'Fetch its keys anew, and send it again.',
    );
  }
  const recipient = setupRecipient(found.key, encapsulated, concat(REQUEST_INFO, header), found.aead);
  const plain = recipient?.open(octets.subarray(HEADER_OCTETS + KEM_OCTETS));
  if (!recipient || !plain) {
    return fail(
      'sealed-request-unreadable',
      'The request does not open. Nothing was done.',
      'Fetch the keys of this node anew, and send it again.',
    );
  }
  return ok({
    plain,
    encapsulated,
    sealResponse(answer, random) {
      const salt = random.bytes(Math.max(keyOctets(found.aead), NONCE_OCTETS));
      const { key, nonce } = responseKeys(recipient, encapsulated, salt, found.aead);
      return concat(salt, gcmSeal(found.aead, key, nonce, answer));
    },
  });
}

/** What names a sealed request: fresh for every one. */
export function encapsulatedIn(octets: Uint8Array): Uint8Array {
  return octets.subarray(HEADER_OCTETS, HEADER_OCTETS + KEM_OCTETS);
}

/** Octets that sealing adds to a request and to an answer, with the algorithm that Parley's gateways publish. */
export const REQUEST_OVERHEAD = HEADER_OCTETS + KEM_OCTETS + 16;
export const RESPONSE_OVERHEAD = keyOctets(AES_256_GCM) + 16;

/** The algorithm that Parley's gateways publish: only one, so that a choice of it tells no two senders apart. */
export const PUBLISHED_AEADS: readonly Aead[] = [AES_256_GCM];

/** Section 4.4: the key of an answer comes from the request's context and a fresh nonce. */
function responseKeys(
  context: { export(context: Uint8Array, length: number): Uint8Array },
  encapsulated: Uint8Array,
  responseNonce: Uint8Array,
  aead: Aead,
) {
  const secret = context.export(RESPONSE_CONTEXT, Math.max(keyOctets(aead), NONCE_OCTETS));
  const prk = hkdfExtract(concat(encapsulated, responseNonce), secret);
  return {
    key: hkdfExpand(prk, KEY_LABEL, keyOctets(aead)),
    nonce: hkdfExpand(prk, NONCE_LABEL, NONCE_OCTETS),
  };
}

function headerOf(keyId: number, aead: Aead): Uint8Array {
  const header = Buffer.alloc(HEADER_OCTETS);
  header.writeUInt8(keyId, 0);
  header.writeUInt16BE(KEM_X25519_SHA256, 1);
  header.writeUInt16BE(KDF_SHA256, 3);
  header.writeUInt16BE(aead, 5);
  return new Uint8Array(header);
}
