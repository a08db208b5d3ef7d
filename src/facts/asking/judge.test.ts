import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64url } from '../../kernel/bytes.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { signingKey } from '../../kernel/signing.ts';
import { issuerView } from '../issuer-view.ts';
import { ownWordOf } from '../own-word.ts';
import { ed25519Signer } from '../sd-jwt/keys.ts';
import { issueProof, showProof } from '../sd-jwt/make.ts';
import { judge, type ToJudge } from './judge.ts';
import { Query } from './query.ts';
import { verdictOf, worthOf } from './worth.ts';

const NOW = Date.UTC(2026, 10, 2, 10);
const KIND = 'urn:parley:proof:age';
const [town, holder, me, other] = [1, 2, 3, 4].map((n) =>
  ed25519Signer(signingKey(new Uint8Array(32).fill(n))),
);
assert(town && holder && me && other);
const ASKED: Omit<ToJudge, 'shown'> = {
  query: Query.parse({
    credentials: [
      { id: 'age', format: 'dc+sd-jwt', meta: { vct_values: [KIND] }, claims: [{ path: ['age_over_18'] }] },
    ],
  }),
  ...{ nonce: 'question', since: NOW, now: NOW, audience: ownWordOf('asker'), by: 'me' },
  keys: [String(me.key.jwk.x)],
};

function shown(issuer: string, by = town, claims: JsonObject = { age_over_18: true }): string {
  assert(by && holder);
  const what = { issuer, kid: 'k', kind: KIND, claims, issued: NOW, until: NOW + 86_400_000 };
  const [jwt = '', ...rest] = issueProof(what, holder.key, by, seededRandom(issuer)).split('~');
  return showProof(jwt, rest.slice(0, -1), { ...ASKED, at: NOW }, holder);
}

const GHENT = 'did:web:town.example:parties:ghent';
const looked = (signer: typeof town) => ({
  ...{ home_id: 'h', address: 'ghent@town.example', did: GHENT, name: 'Ghent', checked_at: NOW },
  keys: JSON.stringify([signer?.key.jwk.x]),
});

const outcomeOf = (...presentations: string[]) => seenBy([looked(town)], true, presentations);

function seenBy(rows: ReturnType<typeof looked>[], isAsker: boolean, presentations: readonly string[]) {
  const outcome = judge({
    ...ASKED,
    shown: presentations.map((presentation) => ({ credential: 'age', presentation })),
  });
  const { presented } = outcome;
  const known = { rows, at: outcome.at ?? 0 };
  const verdict = verdictOf(ASKED.query, outcome, known, isAsker);
  return [verdict, ...presented.map((it) => it.problem?.code ?? worthOf(it, known, isAsker))];
}

test('whoever signs in the name of a town proves nothing until that town’s node shows their key', () => {
  const forged = [shown(GHENT, other)];
  assert.deepEqual(seenBy([], true, forged), ['none', 'unconfirmed']);
  assert.deepEqual(seenBy([looked(town)], true, forged), ['none', 'broken']);
  assert.deepEqual(seenBy([looked(other)], true, forged), ['all', 'shown']);
  assert.deepEqual(seenBy([], true, [shown('https://pid.example', other)]), ['none', 'unconfirmed']);
  const replaced = { ...looked(town), keys: JSON.stringify([other?.key.jwk.x, town?.key.jwk.x]) };
  assert.deepEqual(seenBy([replaced], true, forged), ['none', 'unconfirmed']);
  // Whoever answered reads what they have shown, whatever they know of its issuer.
  assert.deepEqual(seenBy([], false, forged), ['all', 'shown']);
});

test('somebody else’s word proves, one’s own does not, and nobody speaks for another', () => {
  assert.deepEqual(outcomeOf(shown(GHENT)), ['all', 'shown']);
  assert.deepEqual(outcomeOf(shown(ownWordOf('me'), me)), ['none', 'own-word']);
  assert.deepEqual(outcomeOf(shown(ownWordOf('me'), other)), ['none', 'proof-issuer-other']);
  assert.deepEqual(outcomeOf(shown(ownWordOf('you'), me)), ['none', 'proof-issuer-other']);
});

test('what was not asked for counts for nothing, nor what is shown a second time', () => {
  const proof = shown(GHENT);
  assert.deepEqual(outcomeOf(shown(GHENT, undefined, { region: 'x' })), ['none', 'proof-unasked']);
  assert.deepEqual(outcomeOf(proof, proof), ['all', 'shown', 'proof-unasked']);
  assert.deepEqual(outcomeOf(), ['none']);
  const foreign = judge({ ...ASKED, shown: [{ credential: 'other', presentation: proof }] });
  assert.equal(foreign.presented[0]?.problem?.code, 'proof-unasked');
});

test('whose word it is is as sure as what was found out', () => {
  const [old, now] = [5, 6].map((n) => toBase64url(signingKey(new Uint8Array(32).fill(n)).publicKey));
  const did = 'did:web:town.example:parties:ghent';
  const row = { home_id: 'h', address: 'ghent@town.example', did, name: 'Ghent', checked_at: NOW };
  const known = [{ ...row, keys: JSON.stringify([old, now]) }];
  const keyIs = (issuer: string, x: string | undefined, rows = known, isGiven = false) =>
    issuerView(issuer, { kty: 'OKP', crv: 'Ed25519', x }, { rows, at: NOW }, isGiven).key;
  assert.equal(keyIs(did, now), 'current');
  assert.equal(keyIs(did, old), 'earlier');
  assert.equal(keyIs(did, String(town?.key.jwk.x)), 'other');
  assert.equal(keyIs(did, now, []), 'unchecked');
  assert.equal(keyIs('did:web:town.example:parties:bruges', now), 'unchecked');
  assert.equal(keyIs('https://pid.example', now), 'unchecked');
  assert.equal(keyIs('https://pid.example', now, [], true), 'given');
  assert.equal(keyIs(ownWordOf('me'), now), 'own-word');
  assert.equal(issuerView(did, undefined, { rows: [], at: NOW }).name, 'ghent@town.example');
  assert.equal(
    issuerView('did:web:localhost%3A80:parties:a', undefined, { rows: [], at: NOW }).name,
    'a@localhost:80',
  );
});

test('what was looked up more than a week before it came is as if nobody had', () => {
  const week = 7 * 86_400_000;
  const at = (checked: number, by = town) =>
    seenBy([{ ...looked(by), checked_at: checked }], true, [shown(GHENT)]);
  assert.deepEqual(at(NOW - week), ['all', 'shown']);
  assert.deepEqual(at(NOW - week - 1), ['none', 'unconfirmed']);
  assert.deepEqual(at(NOW - week - 1, other), ['none', 'unconfirmed'], 'they may have a newer key');
  assert.deepEqual(at(NOW + 100 * week), ['all', 'shown'], 'whenever it was checked afterwards');
});
