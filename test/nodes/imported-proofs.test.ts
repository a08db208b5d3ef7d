import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signJwt } from '../../src/facts/sd-jwt/compact.ts';
import { digestOf } from '../../src/facts/sd-jwt/disclose.ts';
import { ed25519Signer } from '../../src/facts/sd-jwt/keys.ts';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { signingKey } from '../../src/kernel/signing.ts';
import { engines } from '../harness/test-deps.ts';
import { askMaya, maya, type Request, requests, shop, shownTo, stage } from './proving.ts';

const KIND = 'urn:example:pid';
const [issuer, holder] = [1, 2].map((n) => ({
  seed: new Uint8Array(32).fill(n),
  signer: ed25519Signer(signingKey(new Uint8Array(32).fill(n))),
}));
assert(issuer && holder);

/** Its family name is not hidden, and street, town and region are behind one digest. */
function coarse(): string {
  assert(issuer && holder);
  const fact = (...value: unknown[]): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const address = { street_address: 'Lindenlei 1', locality: 'Wondelgem', region: 'East Flanders' };
  const disclosures = [fact('salt-a', 'address', address), fact('salt-b', 'age_over_18', true)];
  const payload = {
    ...{ iss: 'https://pid.example', vct: KIND, iat: 1, cnf: { jwk: holder.signer.key.jwk } },
    ...{ family_name: 'Peeters', _sd: disclosures.map(digestOf) },
  };
  const header = { typ: 'dc+sd-jwt', jwk: issuer.signer.key.jwk };
  return [signJwt(header, payload, issuer.signer), ...disclosures, ''].join('~');
}

const QUERY = {
  credentials: [
    {
      ...{ id: 'pid', format: 'dc+sd-jwt', meta: { vct_values: [KIND] } },
      claims: [
        { id: 'region', path: ['address', 'region'] },
        { id: 'town', path: ['address', 'locality'] },
        { id: 'age', path: ['age_over_18'] },
      ],
    },
  ],
};

const more = (asked: Request): string[][] =>
  asked.lines.map((line) => line.candidates.flatMap((it) => it.alsoShows.map((fact) => fact.says)));

for (const engine of engines()) {
  test(`what a proof shows beyond what was asked for is said, and agreed to, on ${engine}`, () =>
    stage(`coarse-${engine}`, engine, async (it) => {
      const { home, vendor, hub, relationships } = it;
      assert(holder);
      const holderKey = JSON.stringify({ ...holder.signer.key.jwk, d: toBase64url(holder.seed) });
      const { proof } = await home.done<{ proof: string }>(
        'import-proof',
        { proof: coarse(), holderKey },
        maya,
      );
      const asked = await askMaya(it, 'shop', QUERY);
      const [name, street] = ['your family name', 'your street and number'];
      assert.deepEqual(more(asked), [
        [name, street, 'the town you live in'],
        [name, street, 'the region you live in'],
        [name],
      ]);
      assert.ok(asked.lines.every((line) => line.candidates.every((one) => one.isImported)));
      const answer = (...lines: object[]) => ({
        request: asked.id,
        lines: lines.map((line) => ({ proof, ...line })),
      });
      const agreed = { line: 'pid/age', isMoreAgreed: true };
      for (const input of [
        answer({ line: 'pid/age' }),
        answer({ line: 'pid/region' }),
        // Who agrees to one line has not agreed to what goes out with another.
        answer(agreed, { line: 'pid/region' }),
      ])
        assert.equal((await home.refused('answer-proof-request', input, maya)).code, 'proof-shows-more');
      assert.equal((await requests(vendor, relationships.shop, shop))[0]?.state, 'open');
      await home.done('answer-proof-request', answer(agreed), maya);
      await hub.idle();
      const text = await shownTo(it, 'shop');
      const [, ...rest] = text.split('~');
      assert.equal(rest.length, 2, 'one disclosure and the binding: the address stays at home');
    }));
}
