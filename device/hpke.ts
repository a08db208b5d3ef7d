import type { GrantTerms } from '../src/grants/terms.ts';
import { partsOf } from '../src/grants/terms.ts';
import { agree, type Draw, encryptAs, hmac, pairOf } from './crypto.ts';
import { concat, fourOctets, fromBase64url, type Octets, toBase64url, toUtf8 } from './octets.ts';

/**
 * HPKE (RFC 9180) as the node seals a grant by it: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one
 * message. On WebCrypto, so that a page and a command line do it alike.
 */
const VERSION = toUtf8('HPKE-v1');
const KEM = concat(toUtf8('KEM'), new Uint8Array([0, 0x20]));
const SUITE = concat(toUtf8('HPKE'), new Uint8Array([0, 0x20, 0, 1, 0, 2]));
const NONE = new Uint8Array(32);
const [KEY, NONCE] = [32, 12];

/** The first block of HKDF's expansion, which is all that is needed here. */
async function expand(prk: Uint8Array, of: Octets, label: string, info: Uint8Array, length: number) {
  const named = concat(new Uint8Array([0, length]), VERSION, of, toUtf8(label), info);
  return (await hmac(prk, concat(named, new Uint8Array([1])))).subarray(0, length);
}

function extract(salt: Uint8Array, of: Octets, label: string, ikm: Uint8Array): Promise<Octets> {
  return hmac(salt, concat(VERSION, of, toUtf8(label), ikm));
}

interface Message {
  readonly encapsulated: Octets;
  readonly sealed: Octets;
}

/** What a message is bound to: all of it through the key, and each by itself. */
interface Bound {
  readonly info: Octets;
  readonly aad: Octets;
}

/** `SetupBaseS` and one `Seal` (section 6.1); undefined when the recipient's key is none. */
export async function sealTo(
  recipient: Uint8Array,
  { info, aad }: Bound,
  plain: Uint8Array,
  draw: Draw,
): Promise<Message | undefined> {
  const { secret, open } = await pairOf(draw(KEY));
  const encapsulated = fromBase64url(open) ?? NONE;
  const dh = await agree(secret, recipient);
  if (!dh) return undefined;
  const extracted = await extract(NONE, KEM, 'eae_prk', dh);
  const shared = await expand(extracted, KEM, 'shared_secret', concat(encapsulated, recipient), KEY);
  const nothing = new Uint8Array(0);
  const hashes = [
    await extract(NONE, SUITE, 'psk_id_hash', nothing),
    await extract(NONE, SUITE, 'info_hash', info),
  ];
  const context = concat(new Uint8Array([0]), ...hashes);
  const prk = await extract(shared, SUITE, 'secret', nothing);
  const key = await expand(prk, SUITE, 'key', context, KEY);
  const nonce = await expand(prk, SUITE, 'base_nonce', context, NONCE);
  return { encapsulated, sealed: await encryptAs(key, nonce, plain, aad) };
}

/** The terms as octets: each part stands behind its length. */
function contextOf(terms: GrantTerms): Octets {
  return concat(
    ...partsOf(terms).flatMap((part) => {
      const octets = toUtf8(part);
      return [fourOctets(octets.length), octets];
    }),
  );
}

/** What stands in the record of a grant, in base64url. */
interface SealedHere {
  readonly to: string;
  readonly enc: string;
  readonly key: string;
  readonly value: string;
}

/** A value under a key that is drawn for it alone, and that key for the receiver; undefined when `recipient` is no key. */
export async function sealGrant(
  terms: GrantTerms,
  recipient: Uint8Array,
  value: string,
  draw: Draw,
): Promise<SealedHere | undefined> {
  const context = contextOf(terms);
  const grantKey = draw(KEY);
  const nonce = draw(NONCE);
  const message = await sealTo(recipient, { info: context, aad: context }, grantKey, draw);
  if (!message) return undefined;
  const sealed = concat(nonce, await encryptAs(grantKey, nonce, toUtf8(value), context));
  return {
    to: toBase64url(recipient),
    enc: toBase64url(message.encapsulated),
    key: toBase64url(message.sealed),
    value: toBase64url(sealed),
  };
}
