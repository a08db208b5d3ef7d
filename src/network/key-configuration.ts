import { concat } from '../kernel/bytes.ts';
import {
  AES_128_GCM,
  AES_256_GCM,
  type Aead,
  KDF_SHA256,
  KEM_OCTETS,
  KEM_X25519_SHA256,
} from '../kernel/hpke.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { OBLIVIOUS_LIMITS } from './limits.ts';

export const KEYS_TYPE = 'application/ohttp-keys';

/** A key that requests can be sealed for (RFC 9458, section 3.1); the KEM and the KDF are always the same. */
export interface KeyConfiguration {
  /** 0 to 255. */
  readonly keyId: number;
  readonly publicKey: Uint8Array;
  /** IANA's numbers of the algorithms that the gateway takes, those that we do not know included. */
  readonly aeads: readonly number[];
}

export function preferredAead({ aeads }: KeyConfiguration): Aead | undefined {
  return ([AES_256_GCM, AES_128_GCM] as const).find((aead) => aeads.includes(aead));
}

/** A list of configurations as `application/ohttp-keys` (section 3.2). */
export function encodeKeys(configurations: readonly KeyConfiguration[]): Uint8Array {
  return concat(
    ...configurations.map((it) => {
      const one = encodeConfiguration(it);
      return concat(twoOctets(one.length), one);
    }),
  );
}

/** Those of the list that we can use. One that is wrongly made spoils the list, as section 3.2 asks. */
export function decodeKeys(octets: Uint8Array): Result<readonly KeyConfiguration[]> {
  const found: KeyConfiguration[] = [];
  const view = Buffer.from(octets);
  let count = 0;
  for (let at = 0; at < view.length; count++) {
    const end = at + 2 <= view.length ? at + 2 + view.readUInt16BE(at) : Number.POSITIVE_INFINITY;
    if (end > view.length || count === OBLIVIOUS_LIMITS.gatewayKeys) return malformedKeys();
    const one = decodeConfiguration(view.subarray(at + 2, end));
    if (one === 'malformed') return malformedKeys();
    if (one !== 'of-another-kind') found.push(one);
    at = end;
  }
  return count === 0 ? malformedKeys() : ok(found);
}

export function encodeConfiguration({ keyId, publicKey, aeads }: KeyConfiguration): Uint8Array {
  const pairs = aeads.flatMap((aead) => [twoOctets(KDF_SHA256), twoOctets(aead)]);
  return concat(
    new Uint8Array([keyId]),
    twoOctets(KEM_X25519_SHA256),
    publicKey,
    twoOctets(pairs.length * 2),
    ...pairs,
  );
}

function decodeConfiguration(one: Buffer): KeyConfiguration | 'malformed' | 'of-another-kind' {
  if (one.length < 3) return 'malformed';
  if (one.readUInt16BE(1) !== KEM_X25519_SHA256) return 'of-another-kind';
  const start = 3 + KEM_OCTETS + 2;
  if (one.length < start + 4) return 'malformed';
  const length = one.readUInt16BE(start - 2);
  if (length % 4 !== 0 || start + length !== one.length) return 'malformed';
  const aeads: number[] = [];
  for (let at = start; at < one.length; at += 4)
    if (one.readUInt16BE(at) === KDF_SHA256) aeads.push(one.readUInt16BE(at + 2));
  return { keyId: one.readUInt8(0), publicKey: new Uint8Array(one.subarray(3, 3 + KEM_OCTETS)), aeads };
}

function malformedKeys(): Result<never> {
  return fail(
    'gateway-keys-malformed',
    'The keys of the other node cannot be read.',
    'Try again later, or tell whoever runs that node.',
  );
}

function twoOctets(value: number): Uint8Array {
  return new Uint8Array([value >> 8, value & 0xff]);
}
