import { concat, fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import {
  AES_256_GCM,
  gcmOpen,
  gcmSeal,
  type HpkeKey,
  hpkeKey,
  KEM_OCTETS,
  keyOctets,
  NONCE_OCTETS,
  setupRecipient,
  setupSender,
} from '../kernel/hpke.ts';
import type { Random } from '../kernel/random.ts';
import { type GrantTerms, partsOf } from './terms.ts';

/** What goes to the other side: HPKE's two parts with the key in them, and the value under that key. */
export interface SealedGrant {
  readonly enc: Uint8Array;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** The terms as octets, in one way only: each part stands behind its length in four octets. Pure, as all of this. */
function contextOf(terms: GrantTerms): Uint8Array {
  return concat(
    ...partsOf(terms).flatMap((part) => {
      const octets = toUtf8(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(octets.length);
      return [length, octets];
    }),
  );
}

/**
 * Seals a value under a key that is drawn for it alone, and that key to the receiver. Undefined when `recipient` is no key.
 * Whoever has the key opens this value and nothing else, whatever is sealed before or after it.
 */
export function sealGrant(
  terms: GrantTerms,
  recipient: Uint8Array,
  value: string,
  random: Random,
): (SealedGrant & { readonly grantKey: Uint8Array }) | undefined {
  const context = contextOf(terms);
  const sender = setupSender(recipient, context, AES_256_GCM, random);
  if (!sender) return undefined;
  const grantKey = random.bytes(keyOctets(AES_256_GCM));
  const nonce = random.bytes(NONCE_OCTETS);
  return {
    enc: sender.encapsulated,
    key: sender.seal(grantKey, context),
    value: concat(nonce, gcmSeal(AES_256_GCM, grantKey, nonce, toUtf8(value), context)),
    grantKey,
  };
}

/** Whether something can be sealed to these octets: not to another number of them, nor to a point of small order. */
export function isSealingKey(octets: Uint8Array): boolean {
  return hpkeKey(new Uint8Array(KEM_OCTETS).fill(1)).agree(octets) !== undefined;
}

/** The key of a value, for whoever it was sealed to under exactly these terms. */
export function openGrantKey(
  terms: GrantTerms,
  own: HpkeKey,
  { enc, key }: Pick<SealedGrant, 'enc' | 'key'>,
): Uint8Array | undefined {
  const context = contextOf(terms);
  const grantKey = setupRecipient(own, enc, context, AES_256_GCM)?.open(key, context);
  return grantKey?.length === keyOctets(AES_256_GCM) ? grantKey : undefined;
}

/** The value that a key opens under exactly these terms. */
export function openGrantValue(
  terms: GrantTerms,
  grantKey: Uint8Array,
  sealed: Uint8Array,
): string | undefined {
  const nonce = sealed.subarray(0, NONCE_OCTETS);
  if (nonce.length < NONCE_OCTETS) return undefined;
  const rest = sealed.subarray(NONCE_OCTETS);
  const plain = gcmOpen(AES_256_GCM, grantKey, nonce, rest, contextOf(terms));
  return plain && fromUtf8(plain);
}
