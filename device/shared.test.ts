import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { openGrantKey, openGrantValue } from '../src/grants/keys-rules.ts';
import { toBase64url as nodeBase64url, fromBase64url as strictBase64url } from '../src/kernel/bytes.ts';
import { AES_256_GCM, hpkeKey } from '../src/kernel/hpke.ts';
import { line, text } from '../src/kernel/schema.ts';
import * as kernel from '../src/kernel/sealing.ts';
import { seededRandom } from '../src/kernel/seeded-random.ts';
import { readLine, readText } from '../src/kernel/text.ts';
import { PART_NAMES } from '../src/vault/content.ts';
import { fingerprint } from '../src/vault/fingerprint.ts';
import { AddressParts, Category } from '../src/vault/model.ts';
import { sameness } from '../src/vault/values.ts';
import { comparisonCases } from '../test/vectors/comparison-cases.ts';
import { comparisonCode } from './comparison.ts';
import { agree, cipherOf, derive, digestOf, open, pairOf, seal } from './crypto.ts';
import { sealGrant, sealTo } from './hpke.ts';
import { CATEGORIES } from './index.ts';
import { fromBase64url, toBase64url, toUtf8 } from './octets.ts';

const random = seededRandom('device');
const draw = (count: number) => random.bytes(count);

test('a device knows the categories and the parts of an address that the node knows', () => {
  assert.deepEqual(CATEGORIES, Category.options);
  assert.deepEqual([...PART_NAMES], Object.keys(AddressParts.shape));
});

test('a line and a text are read on a device as at the node', () => {
  const odd = fc.constantFrom(
    '\u0000',
    '\u0085',
    '\n',
    '\t',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ud800',
    'e\u0301',
    ' ',
    '\ufeff',
  );
  const words = fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 });
  const long = fc.integer({ min: 195, max: 205 }).map((count) => 'a\u0301'.repeat(count / 2));
  const given = fc.oneof(
    words.map((parts) => parts.join('')),
    long,
  );
  fc.assert(
    fc.property(given, (it) => {
      for (const [schema, read] of [
        [line, readLine],
        [text, readText],
      ] as const) {
        const [said, ours] = [schema.safeParse(it), read(it)];
        const theirs = said.success ? said.data : said.error.issues[0]?.message;
        assert.equal(ours.ok ? ours.value : ours.message, theirs, JSON.stringify(it));
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('a device and the node derive, seal, write and compare alike', async () => {
  const [secret, plain] = [draw(32), draw(77)];
  assert.deepEqual(await derive(secret, 'a label'), kernel.derive(secret, 'a label'));
  const cipher = await cipherOf(secret);
  assert.deepEqual(kernel.open(secret, await seal(cipher, plain, 'here', draw), 'here'), plain);
  const sealed = kernel.seal(secret, plain, 'here', random);
  assert.deepEqual(await open(cipher, sealed, 'here'), plain);
  assert.equal(await open(cipher, sealed, 'there'), undefined);
  assert.equal(await open(cipher, sealed.subarray(1), 'here'), undefined);
  assert.equal(await open(cipher, sealed.subarray(0, 27), 'here'), undefined);
  for (let length = 0; length < 70; length++) {
    const octets = draw(length);
    assert.equal(toBase64url(octets), nodeBase64url(octets));
    assert.deepEqual(fromBase64url(nodeBase64url(octets)), strictBase64url(nodeBase64url(octets)));
  }
  for (const no of ['a', 'ab=', 'a b', 'ab+/', 'Zoë']) assert.equal(fromBase64url(no), undefined, no);
  for (const [property, value] of [
    ['schema:telephone', '+32 470/12'],
    ['schema:name', 'Zoë  P'],
  ] as const) {
    assert.equal(await digestOf(toUtf8(sameness(property, value))), fingerprint(property, value));
  }
});

test('two key pairs agree as node:crypto says, and a key that is none agrees with nobody', async () => {
  const [mine, theirs] = [await pairOf(draw(32)), await pairOf(draw(32))];
  const own = createPrivateKey({
    key: { kty: 'OKP', crv: 'X25519', x: mine.open, d: nodeBase64url(mine.secret) },
    format: 'jwk',
  });
  const other = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: theirs.open }, format: 'jwk' });
  const agreed = new Uint8Array(diffieHellman({ privateKey: own, publicKey: other }));
  assert.deepEqual(await agree(mine.secret, fromBase64url(theirs.open) ?? new Uint8Array(0)), agreed);
  assert.equal(await agree(mine.secret, new Uint8Array(32)), undefined);
});

test('a device locks what is given as the node does, for its receiver alone', async () => {
  const receiver = hpkeKey(draw(32));
  const terms = {
    ...{ grant: 'g', version: 1, agreement: 'a', giver: 'me', receiver: 'them', property: 'schema:email' },
    ...{ purpose: 'für Zoë', until: null, epoch: 3 },
  };
  const octets = (it: string) => strictBase64url(it) ?? new Uint8Array(0);
  for (const under of [terms, { ...terms, until: 1_798_761_600_000, times: 3 }]) {
    const sealed = await sealGrant(under, receiver.publicKey, 'a trumpet 🎺', draw);
    assert(sealed);
    const parts = { enc: octets(sealed.enc), key: octets(sealed.key) };
    const key = openGrantKey(under, receiver, parts);
    assert(key);
    assert.equal(openGrantValue(under, key, octets(sealed.value)), 'a trumpet 🎺');
    assert.equal(openGrantKey(under, hpkeKey(draw(32)), parts), undefined);
    assert.equal(openGrantKey({ ...under, purpose: 'für Zoé' }, receiver, parts), undefined);
  }
  assert.equal(await sealGrant(terms, new Uint8Array(32), 'nobody', draw), undefined);
});

interface Vector {
  readonly name: string;
  readonly aead: number;
  readonly info: string;
  readonly skEm: string;
  readonly pkRm: string;
  readonly enc: string;
  readonly encryptions: readonly { sequence: number; pt: string; aad: string; ct: string }[];
}

const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const hexOf = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

test('a device seals to the octets that RFC 9180 publishes, base mode with AES-256-GCM', async () => {
  const file = new URL('../fixtures/vectors/hpke.json', import.meta.url);
  const vectors: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8'));
  const ours = vectors.filter(({ aead }) => aead === AES_256_GCM);
  assert.ok(ours.length > 0);
  for (const { name, info, skEm, pkRm, enc, encryptions } of ours) {
    const [first] = encryptions;
    assert.equal(first?.sequence, 0, name);
    const bound = { info: fromHex(info), aad: fromHex(first.aad) };
    const made = await sealTo(fromHex(pkRm), bound, fromHex(first.pt), () => fromHex(skEm));
    assert.ok(made);
    assert.deepEqual([hexOf(made.encapsulated), hexOf(made.sealed)], [enc, first.ct], name);
  }
});

interface Compared {
  readonly name: string;
  readonly heads: readonly string[];
  readonly code: string;
}

test('two people compare one code, whichever side works it out and wherever', async () => {
  const file = new URL('../fixtures/vectors/comparison.json', import.meta.url);
  const cases: readonly Compared[] = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(cases, comparisonCases(), 'the script makes the fixture');
  for (const { name, heads, code } of cases) {
    const [one, other] = heads.map((head) => ({ head }));
    assert(one && other);
    assert.match(code, /^(\d{5} ){5}\d{5}$/);
    assert.deepEqual(
      [await comparisonCode(one, other), await comparisonCode(other, one)],
      [code, code],
      name,
    );
  }
  assert.equal(new Set(cases.map((it) => it.code)).size, cases.length - 1, 'but for the two sides of one');
});
