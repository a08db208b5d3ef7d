import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { factsIn } from '../../src/facts/asking/judge.ts';
import { checkBinding, checkShown } from '../../src/facts/sd-jwt/check.ts';
import { jwtHolds, readParts } from '../../src/facts/sd-jwt/compact.ts';
import { digestOf, disclose } from '../../src/facts/sd-jwt/disclose.ts';
import { readProofKey } from '../../src/facts/sd-jwt/keys.ts';
import { disclosuresFor } from '../../src/facts/sd-jwt/make.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { must } from '../../src/kernel/result.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { type SdJwtCase, sdJwtCases } from './sd-jwt-cases.ts';

interface Published {
  readonly issuerKey: JsonObject;
  readonly digests: readonly {
    readonly name: string;
    readonly disclosures: readonly string[];
    readonly digests: readonly string[];
    readonly payload: JsonObject;
    readonly claims: JsonObject;
  }[];
  readonly tokens: readonly {
    readonly name: string;
    readonly token: string;
    readonly binding?: { readonly nonce: string; readonly aud: string; readonly iat: number };
    readonly claims: JsonObject;
  }[];
}

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'sd-jwt');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const published: Published = read('rfc9901.json');
const cases: readonly SdJwtCase[] = read('presentations.json');

test('digests and what they stand for are those of RFC 9901, flat, structured and recursive', () => {
  for (const { name, disclosures, digests, payload, claims } of published.digests) {
    assert.deepEqual(disclosures.map(digestOf), digests, name);
    assert.deepEqual(must(disclose(payload, disclosures)).claims, claims, name);
  }
});

test('its signed examples hold, and say what it says they do', () => {
  const key = readProofKey(published.issuerKey);
  assert(key);
  for (const { name, token, claims, binding } of published.tokens) {
    const parts = must(readParts(token));
    assert.ok(jwtHolds(parts.issued, key), name);
    const disclosed = must(disclose(parts.issued.payload, parts.disclosures));
    assert.deepEqual(disclosed.claims, claims, name);
    if (!binding) continue;
    const { cnf } = disclosed.claims;
    const holder = readProofKey((cnf as JsonObject).jwk); // the examples are bound to a key
    const now = binding.iat * 1000;
    const shown = { audience: binding.aud, nonce: binding.nonce, since: now, now };
    assert.equal(checkBinding(token, parts, holder, shown), undefined, name);
    assert.equal(
      checkBinding(token, parts, holder, { ...shown, nonce: 'another' })?.code,
      'proof-binding-broken',
    );
  }
});

test('single facts are picked out of its example, each with what it takes to see it and nothing else', () => {
  const [issued] = published.tokens;
  assert(issued);
  const parts = must(readParts(issued.token));
  const whole = must(disclose(parts.issued.payload, parts.disclosures));
  const names = (...paths: readonly string[][]): unknown[] =>
    disclosuresFor(whole, paths).map((text) => JSON.parse(Buffer.from(text, 'base64url').toString())[1]);
  assert.deepEqual(names(['email']), ['email']);
  assert.deepEqual(names(['address', 'region']), ['address']);
  assert.deepEqual(names(['nationalities']), ['US', 'DE']);
  assert.deepEqual(names(), []);
  const recursive = published.digests.find((it) => it.name === '6.3 recursive');
  assert(recursive);
  const nested = must(disclose(recursive.payload, recursive.disclosures));
  assert.equal(disclosuresFor(nested, [['address', 'region']]).length, 2);
  assert.equal(disclosuresFor(nested, [['address']]).length, 5);
});

test('the presentations are those that are computed', () => {
  assert.deepEqual(cases, JSON.parse(JSON.stringify(sdJwtCases())));
  assert.ok(cases.length > 60);
});

test('every presentation gets its verdict', () => {
  for (const it of cases) assert.equal(verdictOf(it).verdict, it.verdict, it.name);
  for (const it of cases.filter((one) => one.claims))
    assert.deepEqual(verdictOf(it).claims, it.claims, it.name);
});

function verdictOf(it: SdJwtCase, token = it.token): Pick<SdJwtCase, 'verdict' | 'claims'> {
  const checked = checkShown(token, it, readProofKey(it.issuerKey));
  return checked.ok ? { verdict: 'holds', claims: factsIn(checked.value.claims) } : { verdict: checked.code };
}

test('of 500 presentations with one character changed, none says anything else', () => {
  const random = seededRandom('one character');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~= {"';
  const holding = cases.filter((it) => it.verdict === 'holds');
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    const it = random.pick(holding);
    const at = random.below(it.token.length);
    const changed = it.token.slice(0, at) + random.pick([...alphabet, '']) + it.token.slice(at + 1);
    if (changed === it.token) continue;
    const after = verdictOf(it, changed);
    if (after.verdict !== 'holds') refused++;
    else assert.deepEqual(after.claims, it.claims, `${it.name}, character ${at}`);
  }
  assert.ok(refused > 480, `${refused} were refused`);
});
