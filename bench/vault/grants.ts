import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  randomBytes,
} from 'node:crypto';
import { openGrantKey, openGrantValue, sealGrant } from '../../src/grants/keys-rules.ts';
import type { GrantTerms } from '../../src/grants/terms.ts';
import { hpkeKey } from '../../src/kernel/hpke.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { assert } from '../../src/kernel/result.ts';
import { inTurns } from '../print.ts';

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const VALUE = '12 Vogelmarkt\n9000 Ghent\nBelgium';

/** One-shot hashes in one HPKE context: HMAC takes two, for two steps of the KEM and six of the key schedule. */
const HASHES = 16;

const TERMS: GrantTerms = {
  grant: 'g'.repeat(26),
  version: 1,
  agreement: 'a'.repeat(43),
  giver: 'b'.repeat(43),
  receiver: 'c'.repeat(43),
  property: 'schema:address',
  purpose: 'to deliver what was ordered',
  until: 1_798_761_600_000,
  epoch: 1,
};

/** A rate of Parley's beside that of node:crypto doing the same primitive calls in the same run, in turns. */
export interface Pace {
  readonly what: string;
  readonly ours: number;
  readonly bare: number;
}

/** Grants sealed and opened, each a second, beside the least that node:crypto needs for it. */
export function grantPaces(): Pace[] {
  const own = hpkeKey(systemRandom.bytes(32));
  const sealed = sealGrant(TERMS, own.publicKey, VALUE, systemRandom);
  assert(sealed, 'a key that was made is one');
  const seal = (): unknown => sealGrant(TERMS, own.publicKey, VALUE, systemRandom);
  const open = (): void => {
    const key = openGrantKey(TERMS, own, sealed);
    assert(key && openGrantValue(TERMS, key, sealed.value) === VALUE, 'what was sealed opens');
  };
  const bare = barePrimitives(own.publicKey);
  const [ourSeals, bareSeals] = inTurns(seal, bare.seal);
  const [ourOpens, bareOpens] = inTurns(open, bare.open);
  return [
    { what: 'grants sealed a second', ours: ourSeals, bare: bareSeals },
    { what: 'grants opened a second', ours: ourOpens, bare: bareOpens },
  ];
}

/** The same primitive calls and nothing else: X25519, SHA-256, AES-256-GCM; no terms, labels or encodings. */
function barePrimitives(recipient: Uint8Array): { seal: () => void; open: () => void } {
  const aad = randomBytes(300);
  const plain = Buffer.from(VALUE);
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const own = createPrivateKey({
    key: Buffer.concat([PKCS8, randomBytes(32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const [sealedKey, sealedValue] = [encrypt(key, nonce, key, aad), encrypt(key, nonce, plain, aad)];
  const publicOf = (octets: Uint8Array) =>
    createPublicKey({ key: Buffer.concat([SPKI, octets]), format: 'der', type: 'spki' });
  const block = Buffer.alloc(96);
  const derive = (shared: Buffer): void => {
    for (let i = 0; i < HASHES; i++) hash('sha256', i === 0 ? aad : block, 'buffer');
    assert(shared.length === 32, 'both agree');
  };
  return {
    seal() {
      const secret = Buffer.concat([PKCS8, randomBytes(32)]);
      const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
      privateKey.export({ format: 'jwk' });
      derive(diffieHellman({ privateKey, publicKey: publicOf(recipient) }));
      const fresh = randomBytes(32);
      encrypt(key, nonce, fresh, aad);
      encrypt(fresh, randomBytes(12), plain, aad);
    },
    open() {
      derive(diffieHellman({ privateKey: own, publicKey: publicOf(recipient) }));
      decrypt(key, nonce, sealedKey, aad);
      decrypt(key, nonce, sealedValue, aad);
    },
  };
}

function encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()]);
}
