import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64url, toUtf8 } from './bytes.ts';
import { seededRandom } from './seeded-random.ts';
import { signingKey, thumbprint, verifySignature } from './signing.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** RFC 8032 section 7.1: seed, public key, message, signature. */
const RFC8032: readonly [string, string, string, string][] = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
];

test('Ed25519 gives the keys and signatures of RFC 8032 section 7.1', () => {
  for (const [seed, publicKey, message, signature] of RFC8032) {
    const key = signingKey(hex(seed));
    assert.deepEqual(key.publicKey, hex(publicKey));
    assert.deepEqual(key.sign(hex(message)), hex(signature));
    assert.equal(verifySignature(hex(publicKey), hex(message), hex(signature)), true);
  }
});

test('a key is named by the thumbprint of RFC 8037 appendix A.3', () => {
  const x = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  assert.equal(toBase64url(x), '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
  assert.equal(thumbprint(x), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('one changed bit of message, signature or key is noticed', () => {
  const random = seededRandom('bits');
  const key = signingKey(random.bytes(32));
  const message = toUtf8('what was agreed');
  const signature = key.sign(message);
  assert.equal(verifySignature(key.publicKey, message, signature), true);
  for (let round = 0; round < 100; round++) {
    const [m, s, k] = [message.slice(), signature.slice(), key.publicKey.slice()];
    const part = random.pick([m, s, k]);
    const at = random.below(part.length);
    part[at] = (part[at] ?? 0) ^ (1 << random.below(8));
    assert.equal(verifySignature(k, m, s), false);
  }
});

test('keys and R points of small order are refused, though the equation holds for them', () => {
  const identity = hex('0100000000000000000000000000000000000000000000000000000000000000');
  const zeroS = hex('00'.repeat(32));
  const forged = new Uint8Array([...identity, ...zeroS]);
  assert.equal(verifySignature(identity, toUtf8('anything'), forged), false);
  const order8 = hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  assert.equal(verifySignature(order8, toUtf8('anything'), forged), false);
  order8[31] = (order8[31] ?? 0) | 0x80;
  assert.equal(verifySignature(order8, toUtf8('anything'), forged), false);
});

test('keys and signatures of other lengths are refused', () => {
  const key = signingKey(seededRandom('lengths').bytes(32));
  const message = toUtf8('x');
  assert.equal(verifySignature(key.publicKey.subarray(1), message, key.sign(message)), false);
  assert.equal(verifySignature(key.publicKey, message, key.sign(message).subarray(1)), false);
  assert.throws(() => signingKey(new Uint8Array(31)));
});
