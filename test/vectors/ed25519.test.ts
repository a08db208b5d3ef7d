import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { toUtf8 } from '../../src/kernel/bytes.ts';
import { signingKey, verifySignature } from '../../src/kernel/signing.ts';
import { isSmallOrder } from '../../src/kernel/small-order.ts';
import { type EdgeCase, edgeCases, SMALL } from './edge-cases.ts';
import {
  add,
  BASE,
  decode,
  encode,
  fromHex,
  IDENTITY,
  isEqual,
  residue,
  TORSION,
  times,
  toOctets,
} from './edwards25519.ts';
import { fixture, publicPath } from './folder.ts';

interface Signed {
  readonly name: string;
  readonly seed: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

test('Ed25519 gives the keys and signatures of RFC 8032, section 7.1', () => {
  const vectors = fixture<Signed[]>('rfc8032-ed25519.json');
  assert.equal(vectors.length, 5);
  for (const { name, seed, publicKey, message, signature } of vectors) {
    const key = signingKey(fromHex(seed));
    assert.deepEqual(key.publicKey, fromHex(publicKey), name);
    assert.deepEqual(key.sign(fromHex(message)), fromHex(signature), name);
    assert.equal(verifySignature(key.publicKey, fromHex(message), fromHex(signature)), true, name);
  }
});

test('signatures on the edge get the verdict that the fixtures publish', () => {
  const cases = fixture<EdgeCase[]>('ed25519-edges.json');
  assert.deepEqual(cases, edgeCases());
  for (const { name, publicKey, message, signature, verdict } of cases) {
    const isAccepted = verifySignature(fromHex(publicKey), fromHex(message), fromHex(signature));
    assert.equal(isAccepted ? 'accept' : 'refuse', verdict, name);
  }
});

test('each case is on the edge that it claims, by arithmetic on the curve', () => {
  for (const { name, ...it } of fixture<EdgeCase[]>('ed25519-edges.json')) {
    const rest = residue(fromHex(it.publicKey), fromHex(it.message), fromHex(it.signature));
    const holds = (factor: bigint) => rest !== undefined && isEqual(times(factor, rest), IDENTITY);
    assert.equal(holds(1n), it.cofactorless, name);
    assert.equal(holds(8n), it.cofactored, name);
    // Who accepts with us: every verifier, whichever of the two equations it computes.
    if (it.verdict === 'accept') assert.ok(it.cofactorless && it.cofactored, name);
  }
});

test('the list of small points is whole, and holds no other', () => {
  const listed = SMALL.map(([, octets]) => octets).sort();
  assert.equal(new Set(listed).size, 14);
  for (const octets of listed) assert.equal(isSmallOrder(fromHex(octets)), true, octets);
  // Every y that can stand for one of the eight, below 2^255, with either sign.
  const p = 2n ** 255n - 19n;
  const signed = (octets: Uint8Array, sign: number) =>
    Buffer.from(octets.with(31, (octets[31] ?? 0) | sign)).toString('hex');
  const found = Array.from({ length: 8 }, (_, i) => encode(times(BigInt(i), TORSION))).flatMap((octets) => {
    const y = octets.with(31, (octets[31] ?? 0) & 0x7f);
    const number = BigInt(`0x${Buffer.from(y).reverse().toString('hex')}`);
    const writings = number + p < 2n ** 255n ? [y, toOctets(number + p)] : [y];
    return writings.flatMap((it) => [signed(it, 0), signed(it, 0x80)]);
  });
  assert.deepEqual([...new Set(found)].sort(), listed);
  for (const octets of listed) {
    const point = decode(fromHex(octets));
    assert.ok(point && isEqual(times(8n, point), IDENTITY), octets);
  }
  for (const other of [BASE, add(BASE, TORSION), times(12_345n, BASE)]) {
    assert.equal(isSmallOrder(encode(other)), false);
  }
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

const wycheproof = publicPath('wycheproof', 'testvectors_v1', 'ed25519_test.json');
if (wycheproof) {
  const { testGroups } = read<Wycheproof>(wycheproof);
  const cases = testGroups.flatMap(({ publicKey, tests }) => tests.map((it) => ({ ...it, ...publicKey })));
  test(`Wycheproof, Ed25519: ${cases.length} verdicts`, () => {
    assert.ok(cases.length > 0);
    for (const { tcId, comment, pk, msg, sig, result } of cases) {
      const isAccepted = verifySignature(fromHex(pk), fromHex(msg), fromHex(sig));
      assert.equal(isAccepted, result === 'valid', `${tcId}: ${comment}`);
    }
  });
}

interface Cctv {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
}

const cctv = publicPath('CCTV', 'ed25519', 'ed25519vectors.json');
if (cctv) {
  const cases = read<Cctv[]>(cctv);
  // The set publishes no verdicts: which verifiers disagree about a case follows from its flags.
  const disputed = ['low_order_A', 'low_order_R', 'non_canonical_A', 'non_canonical_R', 'low_order_residue'];
  test(`CCTV, Ed25519: ${cases.length} cases, accepted exactly when no verifier refuses`, () => {
    assert.ok(cases.length > 0);
    for (const { number, key, sig, msg, flags } of cases) {
      const isAccepted = verifySignature(fromHex(key), toUtf8(msg), fromHex(sig));
      assert.equal(isAccepted, !(flags ?? []).some((flag) => disputed.includes(flag)), `${number}: ${flags}`);
    }
  });
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T; // the set's own schema
}
