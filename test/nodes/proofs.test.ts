import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfDay } from '../../src/kernel/civil.ts';
import { must } from '../../src/kernel/result.ts';
import { appendRecord, relationshipFor } from '../../src/relationships/index.ts';
import { engines } from '../harness/test-deps.ts';
import { piecesOf, rowsOf } from '../story/holdings.ts';
import { type Rows, stuck } from './loop.ts';
import {
  AGE,
  askMaya,
  homeOfShop,
  maya,
  proofs,
  prove,
  QUERY,
  type Request,
  requests,
  type Stage,
  shop,
  stage,
  town,
} from './proving.ts';

for (const engine of engines()) {
  test(`one fact is shown and the others are not, from three nodes, on ${engine}`, () =>
    stage(`proofs-${engine}`, engine, async (it) => {
      const proof = await prove(it);
      const { home, hall, vendor } = it;
      const [held] = await proofs(home, maya);
      assert.deepEqual([held?.state, held?.copies], ['held', { left: 10, used: 0, isLow: false }]);
      assert.deepEqual(
        held?.facts.map((fact) => [fact.says, fact.value]),
        [
          ['that you are over 18 (yes or no only)', 'yes'],
          ['the region you live in', 'East Flanders'],
          ['the town you live in', 'Wondelgem'],
        ],
      );
      assert.deepEqual(
        (await proofs(hall, town)).map((one) => [one.isIssued, one.state]),
        [[true, 'issued']],
      );

      const asked = await askMaya(it, 'shop');
      const made = { isImported: false, alsoShows: [] };
      assert.deepEqual(
        asked.lines.map((line) => [line.id, line.says, line.isOptional, line.candidates]),
        [
          [
            'residence/age',
            'that you are over 18 (yes or no only)',
            false,
            [{ proof, issuer: 'ghent@town.example', value: 'yes', copies: 10, ...made }],
          ],
          [
            'residence/region',
            'the region you live in',
            false,
            [{ proof, issuer: 'ghent@town.example', value: 'East Flanders', copies: 10, ...made }],
          ],
        ],
      );
      await answersOne(it, asked, proof);
      const theirs = piecesOf(await rowsOf(vendor, await homeOfShop(it)));
      for (const secret of ['East Flanders', 'Wondelgem'])
        assert.ok(!theirs.has(secret.slice(0, 8)), `${secret} was not shown`);
      for (const node of [home, hall, vendor])
        for (const by of [maya, town, shop].filter((_, i) => [home, hall, vendor][i] === node))
          assert.deepEqual(await stuck(node, by), []);
    }));

  test(`what somebody says of themselves is shown as their own word, and ends with the relationship, on ${engine}`, () =>
    stage(`word-${engine}`, engine, async (it) => {
      const { home, vendor, hub, relationships } = it;
      const asked = await askMaya(it, 'shop');
      assert.deepEqual(
        asked.lines.map((line) => line.candidates),
        [[], []],
      );
      const lines = [
        { line: 'residence/age', ownWord: true },
        { line: 'residence/region', ownWord: 'Antwerp province' },
      ];
      await home.done('answer-proof-request', { request: asked.id, lines }, maya);
      await hub.idle();
      const [seen] = await requests(vendor, relationships.shop, shop);
      assert.deepEqual(
        [seen?.verdict, seen?.lines.map((line) => [line.outcome, line.value])],
        [
          'none',
          [
            ['own-word', 'yes'],
            ['own-word', 'Antwerp province'],
          ],
        ],
      );
      assert.equal(seen?.proofs[0]?.issuer.key, 'own-word');
      const nothing = await askMaya(it, 'shop');
      await home.done('answer-proof-request', { request: nothing.id, lines: [] }, maya);
      await hub.idle();
      const refused = (await requests(vendor, relationships.shop, shop)).find((one) => one.id === nothing.id);
      assert.deepEqual(
        [refused?.verdict, refused?.lines.map((line) => line.outcome)],
        ['none', ['refused', 'refused']],
      );
      await home.done('end-relationship', { relationship: relationships.shop }, maya);
      await hub.idle();
      for (const [node, by] of [
        [home, maya],
        [vendor, shop],
      ] as const) {
        const after = (await requests(node, relationships.shop, by)).find((one) => one.id === asked.id);
        assert.deepEqual(
          after?.lines.map((line) => [line.outcome, line.value]),
          [
            ['own-word', undefined],
            ['own-word', undefined],
          ],
        );
      }
      assert.ok(!piecesOf(await rowsOf(vendor, await homeOfShop(it))).has('Antwerp '));
    }));
}

/** The age is shown and the region refused; both sides keep both, and the shop finds out whose word it is. */
async function answersOne(it: Stage, asked: Request, proof: string): Promise<void> {
  const { home, vendor, hub, relationships } = it;
  const answer = { request: asked.id, lines: [{ line: 'residence/age', proof }] };
  await home.done('answer-proof-request', answer, maya);
  await hub.idle();
  const [seen] = await requests(vendor, relationships.shop, shop);
  assert.deepEqual(
    [seen?.state, seen?.verdict, seen?.lines.map((line) => [line.says, line.outcome, line.value])],
    [
      'answered',
      'none',
      [
        ['that they are over 18 (yes or no only)', 'unconfirmed', 'yes'],
        ['the region they live in', 'refused', undefined],
      ],
    ],
  );
  assert.deepEqual(seen?.proofs, [
    {
      credential: 'residence',
      name: 'Proof of age',
      issuer: { name: 'ghent@town.example', address: 'ghent@town.example', key: 'unchecked' },
    },
  ]);
  await vendor.done('check-issuer', { address: 'ghent@town.example' }, shop);
  const [known] = await requests(vendor, relationships.shop, shop);
  assert.deepEqual(
    [known?.proofs[0]?.issuer.name, known?.proofs[0]?.issuer.key],
    ['Town of Ghent', 'current'],
  );
  assert.deepEqual(
    [known?.verdict, known?.lines.map((line) => line.outcome)],
    ['partly', ['shown', 'refused']],
  );
  // Both sides keep what was shown and what was refused, alike.
  const [mine] = await requests(home, relationships.shop, maya);
  assert.deepEqual(
    [mine?.verdict, mine?.lines.map((line) => line.outcome)],
    ['partly', ['shown', 'refused']],
  );
  assert.equal((await home.refused('answer-proof-request', answer, maya)).code, 'proof-request-over');
}

test('that a mail address was checked is shown without the address', () =>
  stage('mail', 'sqlite', async (it) => {
    const { home, vendor, hub, relationships } = it;
    const kind = 'urn:parley:proof:mail';
    const email = 'maya.quiet@example.org';
    const proof = await prove(it, undefined, { kind, claims: { email, email_verified: true } });
    const claims = [{ id: 'checked', path: ['email_verified'], values: [true] }];
    const credential = { id: 'mail', format: 'dc+sd-jwt', meta: { vct_values: [kind] }, claims };
    const asked = await askMaya(it, 'shop', { credentials: [credential] });
    const [line] = asked.lines;
    assert.deepEqual(
      [asked.lines.length, line?.says, line?.candidates.map((one) => [one.proof, one.value])],
      [1, 'that your mail address was checked (yes or no only)', [[proof, 'yes']]],
    );
    const lines = [{ line: 'mail/checked', proof }];
    await home.done('answer-proof-request', { request: asked.id, lines }, maya);
    await hub.idle();
    await vendor.done('check-issuer', { address: 'ghent@town.example' }, shop);
    const [seen] = await requests(vendor, relationships.shop, shop);
    assert.deepEqual(
      [seen?.verdict, seen?.proofs[0]?.name, seen?.lines.map((one) => [one.says, one.outcome, one.value])],
      ['all', 'Proof of a mail address', [['that their mail address was checked', 'shown', 'yes']]],
    );
    assert.ok(!piecesOf(await rowsOf(vendor, await homeOfShop(it))).has(email.slice(0, 8)));
  }));

test('what nobody could check is not issued, and what makes no sense is not asked', () =>
  stage('refusals', 'sqlite', async ({ home, hall, vendor, relationships }) => {
    const issue = {
      relationship: relationships.town,
      kind: AGE,
      claims: { age_over_18: true },
      until: '2028-12-31',
    };
    assert.equal((await hall.refused('issue-proof', issue, town)).code, 'not-findable');
    await hall.done('be-found', { name: 'ghent' }, town);
    const refused: readonly (readonly [object, string])[] = [
      [{ until: '2020-01-01' }, 'date-past'],
      [{ until: '2099-01-01' }, 'proof-too-long'],
      [{ claims: {} }, 'input-invalid'],
      [{ claims: { exp: 1 } }, 'input-invalid'],
      [{ kind: 'two words' }, 'input-invalid'],
    ];
    for (const [change, code] of refused)
      assert.equal((await hall.refused('issue-proof', { ...issue, ...change }, town)).code, code);
    const [credential] = QUERY.credentials;
    for (const change of [
      { format: 'mso_mdoc' },
      { multiple: true },
      { trusted_authorities: [{ type: 'aki', values: ['x'] }] },
      { claims: [{ path: [] }] },
      { claims: [{ path: [null] }] },
      { claim_sets: [['nothing']] },
    ]) {
      const query = { credentials: [{ ...credential, ...change }] };
      const input = { relationship: relationships.shop, query, purpose: 'x' };
      assert.equal((await vendor.refused('ask-for-proof', input, shop)).code, 'input-invalid');
    }
    assert.equal((await home.refused('take-proof', { proof: 'x' }, maya)).code, 'proof-unknown');
  }));

test('one counterpart can offer only so much that nobody took, and it takes no place of anything else', () =>
  stage('offers', 'sqlite', async ({ hub, home, hall, vendor, relationships }) => {
    await hall.done('be-found', { name: 'ghent' }, town);
    await vendor.done('be-found', { name: 'fanfare' }, shop);
    const offer = (relationship: string) => ({
      ...{ relationship, kind: AGE, claims: { age_over_18: true }, until: '2028-12-31' },
    });
    for (let i = 0; i < 22; i++) await hall.done('issue-proof', offer(relationships.town), town);
    await vendor.done('issue-proof', offer(relationships.shop), shop);
    await hub.idle();
    const offered = async (): Promise<number[]> =>
      Promise.all(
        [relationships.town, relationships.shop].map(
          async (relationship) =>
            (await home.done<Rows<{ id: string }>>('list-proofs', { relationship, limit: 200 }, maya)).rows
              .length,
        ),
      );
    assert.deepEqual(await offered(), [20, 1]);
    const { rows } = await home.done<Rows<{ id: string }>>(
      'list-proofs',
      { relationship: relationships.town },
      maya,
    );
    const [first, second] = rows;
    await home.done('remove-proof', { proof: first?.id }, maya);
    await home.done('take-proof', { proof: second?.id }, maya);
    await hub.idle();
    for (let i = 0; i < 3; i++) await hall.done('issue-proof', offer(relationships.town), town);
    await hub.idle();
    assert.deepEqual(await offered(), [21, 1], 'one of them was taken');
  }));

test('a proof that was removed does not come back under its id, with keys that others have seen', () =>
  stage('again', 'sqlite', async (it) => {
    const { hub, home, hall, relationships } = it;
    const proof = await prove(it);
    await home.done('remove-proof', { proof }, maya);
    await hall.done('remove-proof', { proof }, town);
    const { acting } = await hall.done<{ acting: { id: string } }>('who-am-i', {}, town);
    const offered = await hall.deps.storage.transact(acting.id, async (tx) => {
      const relationship = must(await relationshipFor(tx, relationships.town, 'speak'));
      const until = endOfDay('2028-12-31');
      const content = {
        proof,
        kind: AGE,
        claims: { age_over_18: true },
        issuer: 'ghent@town.example',
        until,
      };
      return appendRecord(tx, hall.deps, relationship, 'proof-offered', content);
    });
    assert.ok(offered.ok);
    await hub.idle();
    assert.deepEqual(await proofs(home, maya), []);
    await hall.done(
      'issue-proof',
      { relationship: relationships.town, kind: AGE, claims: { age_over_18: true }, until: '2028-12-31' },
      town,
    );
    await hub.idle();
    assert.equal((await proofs(home, maya)).length, 1, 'others are taken as before');
  }));
