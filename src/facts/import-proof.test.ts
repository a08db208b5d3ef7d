import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { startTestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { signingKey } from '../kernel/signing.ts';
import { ed25519Signer, type ProofSigner, readProofSigner } from './sd-jwt/keys.ts';
import { issueProof } from './sd-jwt/make.ts';

const DAY = 86_400_000;

/** A key of another program, and its signer here. */
function p256(): { jwk: Record<string, unknown>; signer: ProofSigner } {
  const jwk = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) };
  const signer = readProofSigner(jwk);
  assert(signer);
  return { jwk, signer };
}

for (const engine of engines()) {
  test(`a proof from another program is kept with its key, when the two belong together, on ${engine}`, async () => {
    const node = await startTestNode({ engine, seed: `import-${engine}` });
    try {
      await node.party('maya');
      const maya = { as: 'maya' };
      const now = node.deps.clock.now();
      const [issuer, holder] = [p256(), p256()];
      const what = {
        ...{
          issuer: 'https://pid.example',
          kid: 'a',
          kind: 'urn:eudi:pid:1',
          claims: { given_name: 'Maya' },
        },
        ...{ issued: now, until: now + 30 * DAY },
      };
      const made = (by: ProofSigner): string =>
        issueProof(what, holder.signer.key, by, seededRandom('another program'));
      const proof = made(issuer.signer);
      const [holderKey, otherKey] = [JSON.stringify(holder.jwk), JSON.stringify(issuer.jwk)];
      const { d: _, ...publicKey } = issuer.jwk;
      const refused: readonly (readonly [object, string])[] = [
        [{ proof: `${proof}x`, holderKey }, 'proof-malformed'],
        [{ proof: `a${proof}`, holderKey }, 'proof-malformed'],
        [{ proof, holderKey: otherKey }, 'proof-key-other'],
        [{ proof, holderKey: JSON.stringify(publicKey) }, 'proof-key-malformed'],
        [{ proof, holderKey: JSON.stringify({ ...holder.jwk, d: issuer.jwk.d }) }, 'proof-key-malformed'],
        [{ proof, holderKey, issuerKey: otherKey }, 'proof-key-malformed'],
        [
          {
            proof: made(ed25519Signer(signingKey(new Uint8Array(32)))),
            holderKey,
            issuerKey: JSON.stringify(publicKey),
          },
          'proof-signature-broken',
        ],
      ];
      for (const [input, code] of refused)
        assert.equal((await node.refused('import-proof', input, maya)).code, code);
      await node.done('import-proof', { proof, holderKey, issuerKey: JSON.stringify(publicKey) }, maya);
      const { rows } = await node.done<{ rows: { issuer: object; facts: object[]; isImported: boolean }[] }>(
        'list-proofs',
        {},
        maya,
      );
      assert.deepEqual(
        rows.map((row) => [row.isImported, row.issuer, row.facts]),
        [
          [
            true,
            { name: 'https://pid.example', key: 'given' },
            [{ path: ['given_name'], says: 'your first name', value: 'Maya' }],
          ],
        ],
      );
    } finally {
      await node.close();
    }
  });
}
