import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { concat, toUtf8 } from './bytes.ts';
import {
  AES_128_GCM,
  AES_256_GCM,
  type Aead,
  deriveHpkeKey,
  type HpkeRecipient,
  type HpkeSender,
  hpkeKey,
  setupRecipient,
  setupSender,
} from './hpke.ts';
import { seededRandom } from './seeded-random.ts';

interface Vector {
  readonly name: string;
  readonly aead: Aead;
  readonly info: string;
  readonly ikmE: string;
  readonly skEm: string;
  readonly ikmR: string;
  readonly pkRm: string;
  readonly skRm: string;
  readonly enc: string;
  readonly encryptions: readonly { sequence: number; pt: string; aad: string; ct: string }[];
  readonly exports: readonly { context: string; length: number; value: string }[];
}

const VECTORS: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/hpke.json', import.meta.url), 'utf8'),
);

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

for (const vector of VECTORS) {
  const sender = (): HpkeSender => {
    const random = { bytes: () => octets(vector.skEm) };
    const made = setupSender(octets(vector.pkRm), octets(vector.info), vector.aead, random);
    assert(made);
    return made;
  };

  test(`${vector.name}: keys are derived`, () => {
    assert.equal(hex(deriveHpkeKey(octets(vector.ikmR)).publicKey), vector.pkRm);
    assert.equal(hex(hpkeKey(octets(vector.skRm)).publicKey), vector.pkRm);
    assert.equal(hex(deriveHpkeKey(octets(vector.ikmE)).publicKey), vector.enc);
    assert.equal(hex(sender().encapsulated), vector.enc);
  });

  test(`${vector.name}: every message seals to the published octets, and opens`, () => {
    const from = sender();
    const to = recipientOf(vector);
    const published = new Map(vector.encryptions.map((it) => [it.sequence, it]));
    for (let sequence = 0; sequence <= Math.max(...published.keys()); sequence++) {
      const { pt = '00', aad = '', ct } = published.get(sequence) ?? {};
      const sealed = from.seal(octets(pt), octets(aad));
      if (ct !== undefined) assert.equal(hex(sealed), ct, `message ${sequence}`);
      assert.equal(hex(to.open(sealed, octets(aad)) ?? new Uint8Array(0)), pt, `message ${sequence}`);
    }
  });

  test(`${vector.name}: both ends export the published secrets`, () => {
    for (const { context, length, value } of vector.exports) {
      assert.equal(hex(sender().export(octets(context), length)), value);
      assert.equal(hex(recipientOf(vector).export(octets(context), length)), value);
    }
  });
}

function recipientOf(vector: Vector): HpkeRecipient {
  const key = hpkeKey(octets(vector.skRm));
  const made = setupRecipient(key, octets(vector.enc), octets(vector.info), vector.aead);
  assert(made);
  return made;
}

function pair(info: Uint8Array, seed: string, aead: Aead = AES_256_GCM) {
  const random = seededRandom(seed);
  const key = hpkeKey(random.bytes(32));
  const sender = setupSender(key.publicKey, info, aead, random);
  assert(sender);
  const recipient = () => setupRecipient(key, sender.encapsulated, info, aead);
  return { key, sender, recipient };
}

test('what is sealed opens, whatever it is', () => {
  fc.assert(
    fc.property(
      ...[fc.uint8Array(), fc.uint8Array(), fc.uint8Array(), fc.string()],
      fc.constantFrom(AES_128_GCM, AES_256_GCM),
      (info, plain, aad, seed, aead) => {
        const { sender, recipient } = pair(info, seed, aead);
        assert.deepEqual(recipient()?.open(sender.seal(plain, aad), aad), plain);
      },
    ),
    { numRuns: 50 },
  );
});

test('a message opens once, in its turn, and only as it was sealed', () => {
  const { sender, recipient } = pair(toUtf8('info'), 'turns');
  const [first, second] = [sender.seal(toUtf8('one')), sender.seal(toUtf8('two'))];
  const to = recipient();
  assert.equal(to?.open(second), undefined, 'too early');
  assert.deepEqual(to?.open(first), toUtf8('one'));
  assert.equal(to?.open(first), undefined, 'twice');
  assert.deepEqual(to?.open(second), toUtf8('two'));
  for (let at = 0; at < first.length; at++) {
    const bent = first.with(at, (first[at] ?? 0) ^ 1);
    assert.equal(recipient()?.open(bent), undefined, `octet ${at}`);
  }
  assert.equal(recipient()?.open(first.subarray(1)), undefined);
  assert.equal(recipient()?.open(first, toUtf8('aad')), undefined);
  assert.equal(recipient()?.open(new Uint8Array(15)), undefined);
});

test('another key, another info or another algorithm opens nothing', () => {
  const { key, sender } = pair(toUtf8('info'), 'others');
  const sealed = sender.seal(toUtf8('secret'));
  const other = hpkeKey(seededRandom('somebody').bytes(32));
  const tries: (HpkeRecipient | undefined)[] = [
    setupRecipient(other, sender.encapsulated, toUtf8('info'), AES_256_GCM),
    setupRecipient(key, other.publicKey, toUtf8('info'), AES_256_GCM),
    setupRecipient(key, sender.encapsulated, toUtf8('inf'), AES_256_GCM),
    setupRecipient(key, sender.encapsulated, toUtf8('info'), AES_128_GCM),
  ];
  for (const it of tries) {
    assert(it);
    assert.equal(it.open(sealed), undefined);
  }
});

/** Coordinates of X25519 with which everybody shares the secret zero (RFC 7748, section 6.1), canonical and not. */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

test('keys of small order and of another length are none', () => {
  const key = hpkeKey(seededRandom('small').bytes(32));
  const keys = [...SMALL_ORDER.map(octets), concat(key.publicKey, new Uint8Array(1)), new Uint8Array(31)];
  for (const bad of keys) {
    assert.equal(setupSender(bad, new Uint8Array(0), AES_256_GCM, seededRandom('s')), undefined, hex(bad));
    assert.equal(setupRecipient(key, bad, new Uint8Array(0), AES_256_GCM), undefined, hex(bad));
  }
});

test('exports of any length begin alike only when their length is the same', () => {
  const { sender } = pair(toUtf8('info'), 'exports');
  const long = sender.export(toUtf8('context'), 100);
  assert.equal(long.length, 100);
  assert.deepEqual(sender.export(toUtf8('context'), 100), long);
  assert.notDeepEqual(sender.export(toUtf8('context'), 32), long.subarray(0, 32), 'the length is part of it');
  assert.throws(() => sender.export(toUtf8('context'), 255 * 32 + 1));
});
