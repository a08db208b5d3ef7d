import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { concat, toUtf8 } from '../kernel/bytes.ts';
import { AES_128_GCM, AES_256_GCM, hpkeKey } from '../kernel/hpke.ts';
import { must } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { decodeKeys, encodeConfiguration, encodeKeys } from './key-configuration.ts';
import { OBLIVIOUS_LIMITS } from './limits.ts';
import {
  type GatewayKey,
  openRequest,
  REQUEST_OVERHEAD,
  RESPONSE_OVERHEAD,
  sealRequest,
} from './oblivious.ts';

const EXAMPLE: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/oblivious-http.json', import.meta.url), 'utf8'),
);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const example = (part: string): Uint8Array => new Uint8Array(Buffer.from(EXAMPLE[part] ?? '', 'hex'));
const giving = (octets: Uint8Array) => ({ bytes: () => octets });

/** A key configuration as `application/ohttp-keys` lists it. */
const listed = (one: Uint8Array): Uint8Array => concat(new Uint8Array([0, one.length]), one);

test('appendix A of RFC 9458, step by step', () => {
  const key = hpkeKey(example('gatewaySecret'));
  const configuration = must(decodeKeys(listed(example('configuration'))))[0];
  assert(configuration);
  assert.deepEqual(configuration, { keyId: 1, publicKey: key.publicKey, aeads: [1, 3] });
  assert.equal(hex(encodeConfiguration(configuration)), EXAMPLE.configuration);

  const sealed = must(sealRequest(configuration, example('request'), giving(example('ephemeralSecret'))));
  assert.equal(hex(sealed.octets), EXAMPLE.encapsulatedRequest);

  const gateway: GatewayKey = { keyId: 1, key, aeads: [AES_128_GCM] };
  const opened = must(openRequest([gateway], sealed.octets));
  assert.equal(hex(opened.plain), EXAMPLE.request);

  const answer = opened.sealResponse(example('response'), giving(example('responseNonce')));
  assert.equal(hex(answer), EXAMPLE.encapsulatedResponse);
  assert.equal(hex(sealed.openResponse(answer) ?? new Uint8Array(0)), EXAMPLE.response);
});

function gatewayOf(seed: string, keyId = 7): GatewayKey {
  return { keyId, key: hpkeKey(seededRandom(seed).bytes(32)), aeads: [AES_256_GCM] };
}

function configurationOf({ keyId, key, aeads }: GatewayKey) {
  return { keyId, publicKey: key.publicKey, aeads };
}

test('request and answer arrive, whatever they are, and grow by a fixed number of octets', () => {
  const gateway = gatewayOf('gateway');
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.string(), (request, answer, seed) => {
      const sealed = must(sealRequest(configurationOf(gateway), request, seededRandom(seed)));
      const opened = must(
        openRequest([gatewayOf('other'), gatewayOf('old', 6), gateway].slice(1), sealed.octets),
      );
      assert.deepEqual(opened.plain, request);
      const back = opened.sealResponse(answer, seededRandom(`${seed}-answer`));
      assert.deepEqual(sealed.openResponse(back), answer);
      assert.equal(sealed.octets.length, request.length + REQUEST_OVERHEAD);
      assert.equal(back.length, answer.length + RESPONSE_OVERHEAD);
    }),
    { numRuns: 50 },
  );
});

test('a request that was bent, cut or meant for another key does not open', () => {
  const gateway = gatewayOf('gateway');
  const { octets } = must(sealRequest(configurationOf(gateway), toUtf8('request'), seededRandom('bent')));
  for (let at = 0; at < octets.length; at++)
    assert.equal(openRequest([gateway], octets.with(at, (octets[at] ?? 0) ^ 4)).ok, false, `octet ${at}`);
  for (let end = 0; end < octets.length; end++)
    assert.equal(openRequest([gateway], octets.subarray(0, end)).ok, false, `cut at ${end}`);
  const code = (keys: GatewayKey[]) => {
    const result = openRequest(keys, octets);
    return result.ok ? 'opened' : result.code;
  };
  assert.equal(code([gatewayOf('gateway', 8)]), 'gateway-key-unknown');
  assert.equal(code([{ ...gateway, aeads: [AES_128_GCM] }]), 'gateway-key-unknown');
  assert.equal(code([gatewayOf('somebody else')]), 'sealed-request-unreadable');
  assert.equal(code([]), 'gateway-key-unknown');
});

test('an answer opens only for its own request', () => {
  const gateway = gatewayOf('gateway');
  const random = seededRandom('answers');
  const mine = must(sealRequest(configurationOf(gateway), toUtf8('mine'), random));
  const other = must(sealRequest(configurationOf(gateway), toUtf8('mine'), random));
  const answer = must(openRequest([gateway], mine.octets)).sealResponse(toUtf8('yes'), random);
  assert.deepEqual(mine.openResponse(answer), toUtf8('yes'));
  assert.equal(other.openResponse(answer), undefined);
  for (let at = 0; at < answer.length; at++)
    assert.equal(mine.openResponse(answer.with(at, (answer[at] ?? 0) ^ 1)), undefined, `octet ${at}`);
  for (let end = 0; end < answer.length; end++)
    assert.equal(mine.openResponse(answer.subarray(0, end)), undefined, `cut at ${end}`);
});

test('the same request twice looks like two, and so does its answer', () => {
  const gateway = gatewayOf('gateway');
  const random = seededRandom('twice');
  const [a, b] = [1, 2].map(() => must(sealRequest(configurationOf(gateway), new Uint8Array(64), random)));
  assert(a && b);
  assert.notDeepEqual(a.octets.subarray(7, 39), b.octets.subarray(7, 39));
  assert.notDeepEqual(a.octets.subarray(39), b.octets.subarray(39));
  const opened = must(openRequest([gateway], a.octets));
  assert.notDeepEqual(opened.sealResponse(toUtf8('x'), random), opened.sealResponse(toUtf8('x'), random));
});

test('a list of keys with one that is wrongly made is refused as a whole', () => {
  const good = { keyId: 3, publicKey: gatewayOf('k').key.publicKey, aeads: [2] };
  const other = concat(new Uint8Array([9, 0, 0x10]), new Uint8Array(65), new Uint8Array([0, 4, 0, 1, 0, 1]));
  const list = encodeKeys([good, { ...good, keyId: 4 }]);
  assert.deepEqual(must(decodeKeys(list)), [good, { ...good, keyId: 4 }]);
  assert.deepEqual(must(decodeKeys(concat(listed(other), list))).length, 2, 'another KEM is read over');
  assert.deepEqual(must(decodeKeys(listed(other))), []);
  const refuses = (octets: Uint8Array, what: string) => {
    const result = decodeKeys(octets);
    assert.equal(result.ok ? 'read' : result.code, 'gateway-keys-malformed', what);
  };
  refuses(new Uint8Array(0), 'nothing');
  for (let cut = 1; cut < list.length / 2; cut++) refuses(list.subarray(0, -cut), `cut by ${cut}`);
  refuses(concat(list, new Uint8Array([0])), 'an octet more');
  refuses(listed(encodeConfiguration({ ...good, aeads: [] })), 'no algorithm');
  refuses(encodeKeys(Array(OBLIVIOUS_LIMITS.gatewayKeys + 1).fill(good)), 'too many');
  must(decodeKeys(encodeKeys(Array(OBLIVIOUS_LIMITS.gatewayKeys).fill(good))));
});

test('keys that cannot be used seal nothing', () => {
  const good = configurationOf(gatewayOf('gateway'));
  for (const bad of [
    { ...good, aeads: [3] },
    { ...good, publicKey: new Uint8Array(32) },
  ]) {
    const result = sealRequest(bad, toUtf8('x'), seededRandom('bad'));
    assert.equal(result.ok ? 'sealed' : result.code, 'gateway-keys-unusable');
  }
  const both = must(sealRequest({ ...good, aeads: [1, 2] }, toUtf8('x'), seededRandom('both')));
  assert.equal(both.octets[6], AES_256_GCM, 'the stronger of two');
});
