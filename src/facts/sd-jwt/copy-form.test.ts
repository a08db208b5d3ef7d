import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../kernel/json.ts';
import { must } from '../../kernel/result.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { signingKey } from '../../kernel/signing.ts';
import { type Checked, checkProof } from './check.ts';
import { signJwt } from './compact.ts';
import { isUnmarked, shareNothing } from './copy-form.ts';
import { digestOf } from './disclose.ts';
import { ed25519Signer } from './keys.ts';
import { encoded, issueProof } from './make.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 2, 10);
const UNTIL = Date.UTC(2027, 0, 1);
const [town, holder] = [1, 2].map((n) => ed25519Signer(signingKey(new Uint8Array(32).fill(n))));
assert(town && holder);
const GHENT = 'did:web:town.example:parties:ghent';
const OFFER = { issuer: GHENT, kind: 'urn:example:age', until: UNTIL, sentAt: NOW };

function copy(seed: string, change: object = {}): string {
  assert(town && holder);
  const what = { ...OFFER, kid: `${GHENT}#${town.key.id}`, claims: { over: true }, issued: NOW, ...change };
  return issueProof(what, holder.key, town, seededRandom(seed));
}

const json = (part: string): JsonObject => JSON.parse(Buffer.from(part, 'base64url').toString());

/** A copy of the town's with something changed, signed by the town all the same. */
function changed(
  header: (it: JsonObject) => JsonObject,
  payload: (it: JsonObject) => JsonObject,
  salt?: string,
): string {
  assert(town);
  const [jwt = '', disclosure = ''] = copy('changed').split('~');
  const [head, body] = jwt
    .split('.')
    .slice(0, 2)
    .map((part) => json(part));
  assert(head && body);
  const other = salt === undefined ? disclosure : encoded([salt, 'over', true]);
  const digests = (body._sd as string[]).map((it) => (it === digestOf(disclosure) ? digestOf(other) : it)); // texts
  const { alg: _, ...rest } = header(head);
  return [signJwt(rest, payload({ ...body, _sd: digests.sort() }), town), other, ''].join('~');
}

const read = (text: string): Checked => must(checkProof(text, NOW));
const same = (it: JsonObject): JsonObject => it;
const jwkWith = (it: Json | undefined, more: object): Json => ({ ...(it as JsonObject), ...more }); // a key as an object

test('a copy with anything in it that anybody else’s would not have is marked', () => {
  assert.ok(isUnmarked(read(copy('a')), OFFER));
  assert.ok(isUnmarked(read(changed(same, same)), OFFER));
  const cases: Readonly<Record<string, string>> = {
    'a member more in the key': changed((it) => ({ ...it, jwk: jwkWith(it.jwk, { use: 'sig' }) }), same),
    'a key that is called something of its own': changed((it) => ({ ...it, kid: `${GHENT}#maya` }), same),
    'another type': changed((it) => ({ ...it, typ: 'vc+sd-jwt' }), same),
    'a member more beside the holder’s key': changed(same, (it) => ({
      ...it,
      cnf: jwkWith(it.cnf, { kid: 'm' }),
    })),
    'a member more in the holder’s key': changed(same, (it) => ({
      ...it,
      cnf: { jwk: jwkWith((it.cnf as JsonObject).jwk, { kid: 'm' }) }, // of the form of a confirmation
    })),
    'members in another order': changed(same, ({ iss, ...it }) => ({ ...it, iss: iss ?? null })),
    'digests in another order': changed(same, (it) => ({ ...it, _sd: (it._sd as Json[]).toReversed() })), // a list
    'fewer digests': changed(same, (it) => ({
      ...it,
      _sd: read(copy('changed')).parts.disclosures.map(digestOf),
    })),
    'more digests than it takes': changed(same, (it) => ({
      ...it,
      _sd: [...(it._sd as Json[]), ...'abcdefgh'].sort(), // a list
    })),
    'a day of issue of its own': copy('b', { issued: NOW - 3 * DAY }),
    'no salt': changed(same, same, ''),
    'a long salt': changed(same, same, 'x'.repeat(23)),
  };
  for (const [what, text] of Object.entries(cases)) assert.ok(!isUnmarked(read(text), OFFER), what);
  const second = { ...OFFER, until: UNTIL + 1000 };
  assert.ok(!isUnmarked(read(copy('c', { until: UNTIL + 1000 })), second), 'an end to the second');
});

test('no two copies have a digest or a salt in common', () => {
  assert.ok(shareNothing(['a', 'b', 'c'].map((seed) => read(copy(seed)))));
  assert.ok(!shareNothing([read(copy('a')), read(copy('a'))]));
  const salted = ['s'.repeat(22), 's'.repeat(22)].map((salt) => read(changed(same, same, salt)));
  assert.ok(!shareNothing(salted));
});
