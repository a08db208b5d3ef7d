import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportQuickly, uploadOf } from '../../src/archive/testing.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { piecesOf, rowsOf } from '../story/holdings.ts';
import { stuck } from './loop.ts';
import {
  AGE,
  askMaya,
  byOf,
  maya,
  proofs,
  prove,
  QUERY,
  requests,
  type Stage,
  shop,
  stage,
  town,
} from './proving.ts';

const DAY = 86_400_000;

for (const engine of engines()) {
  test(`one fact is shown and the others are not, from three nodes, on ${engine}`, () =>
    stage(`proofs-${engine}`, engine, async (it) => {
      const proof = await prove(it);
      const { home, hall, vendor, hub, relationships } = it;
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
      assert.deepEqual(
        asked.lines.map((line) => [line.id, line.says, line.isOptional, line.candidates]),
        [
          [
            'residence/age',
            'that you are over 18 (yes or no only)',
            false,
            [{ proof, issuer: 'ghent@town.example', value: 'yes', copies: 10 }],
          ],
          [
            'residence/region',
            'the region you live in',
            false,
            [{ proof, issuer: 'ghent@town.example', value: 'East Flanders', copies: 10 }],
          ],
        ],
      );
      const answer = { request: asked.id, lines: [{ line: 'residence/age', proof }] };
      await home.done('answer-proof-request', answer, maya);
      await hub.idle();
      const [seen] = await requests(vendor, relationships.shop, shop);
      assert.deepEqual(
        [seen?.state, seen?.verdict, seen?.lines.map((line) => [line.says, line.outcome, line.value])],
        [
          'answered',
          'partly',
          [
            ['that they are over 18 (yes or no only)', 'shown', 'yes'],
            ['the region they live in', 'refused', undefined],
          ],
        ],
      );
      assert.deepEqual(seen?.proofs, [
        {
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
      // Both sides keep what was shown and what was refused, alike.
      const [mine] = await requests(home, relationships.shop, maya);
      assert.deepEqual(
        [mine?.verdict, mine?.lines.map((line) => line.outcome)],
        ['partly', ['shown', 'refused']],
      );
      assert.equal((await home.refused('answer-proof-request', answer, maya)).code, 'proof-request-over');

      const theirs = piecesOf(await rowsOf(vendor, await homeOf(it)));
      for (const secret of ['East Flanders', 'Wondelgem'])
        assert.ok(!theirs.has(secret.slice(0, 8)), `${secret} was not shown`);
      for (const node of [home, hall, vendor])
        for (const by of [maya, town, shop].filter((_, i) => [home, hall, vendor][i] === node))
          assert.deepEqual(await stuck(node, by), []);
    }));

  test(`two shops that compare what they saw find nothing that is one person's, on ${engine}`, () =>
    stage(`compare-${engine}`, engine, async (it) => {
      const proof = await prove(it);
      const tokens: string[] = [];
      for (const who of ['shop', 'rival'] as const) {
        const asked = await askMaya(it, who);
        const lines = asked.lines.map((line) => ({ line: line.id, proof }));
        await it.home.done('answer-proof-request', { request: asked.id, lines }, maya);
        await it.hub.idle();
        const [seen] = await requests(it.vendor, it.relationships[who], byOf(who));
        assert.equal(seen?.verdict, 'all');
        tokens.push(await shownTo(it, who));
      }
      const [one, two] = tokens.map(partsOf);
      assert(one && two);
      assert.deepEqual(one.same, two.same, 'the rest is as it would be for anybody of that day');
      const common = [...one.own].filter((piece) => two.own.has(piece));
      assert.deepEqual(common, []);
      assert.deepEqual((await proofs(it.home, maya))[0]?.copies, { left: 8, used: 2, isLow: false });
    }));

  test(`copies run out and come again, and nothing is shown twice, on ${engine}`, () =>
    stage(`copies-${engine}`, engine, async (it) => {
      const proof = await prove(it);
      const { home, hub } = it;
      const answer = async (): Promise<string> => {
        const { id } = await askMaya(it, 'shop');
        const lines = [{ line: 'residence/age', proof }];
        const done = await home.call('answer-proof-request', { request: id, lines }, maya);
        return done.ok ? 'shown' : done.code;
      };
      for (let i = 0; i < 10; i++) assert.equal(await answer(), 'shown');
      const [spent] = await proofs(home, maya);
      assert.deepEqual(spent?.copies, { left: 0, used: 10, isLow: true });
      assert.equal(await answer(), 'copies-spent');
      await home.done('take-proof', { proof }, maya);
      await hub.idle();
      assert.deepEqual((await proofs(home, maya))[0]?.copies, { left: 10, used: 10, isLow: false });
      assert.equal(await answer(), 'shown');
      // Nobody can check what nobody can look up: then nothing more is issued, and what there is stays good.
      await it.hall.done('stop-being-found', {}, town);
      await home.done('take-proof', { proof }, maya);
      await home.done('take-proof', { proof }, maya);
      await hub.idle();
      assert.equal((await proofs(home, maya))[0]?.copies.left, 9);
      assert.equal((await home.refused('take-proof', { proof }, maya)).code, 'proof-waiting-open');
      await it.hall.done('be-found', { name: 'ghent' }, town);
      it.hall.clock?.advance(11 * 60_000);
      await hub.idle();
      assert.equal((await proofs(home, maya))[0]?.copies.left, 29);
    }));

  test(`what is kept of proofs is sealed, and comes along when its owner moves, on ${engine}`, () =>
    stage(`sealed-${engine}`, engine, async (it) => {
      const { home, hub, hall } = it;
      await prove(it);
      const id = await homeOfMaya(it);
      const inProofs = (await rowsOf(home, id)).filter((row) => row.table.startsWith('proof'));
      assert.ok(inProofs.length >= 11);
      for (const secret of ['East Flanders', 'dc+sd-jwt'])
        assert.ok(!piecesOf(inProofs).has(secret.slice(0, 8)), `${secret} lies open`);
      // No copy lies in the record that carried it either.
      assert.ok(![...piecesOf(await rowsOf(home, id)).keys()].includes('dc+sd-jw'));
      const file = uploadOf(await exportQuickly(home, id, PASSPHRASE));
      const next = await hub.open('next.example', engine);
      await next.done('import-party', { file, passphrase: PASSPHRASE }, 'operator');
      assert.deepEqual(
        (await proofs(next, maya)).map((one) => [one.state, one.copies.left, one.facts[1]?.value]),
        [['held', 10, 'East Flanders']],
      );
      assert.equal((await proofs(hall, town)).length, 1);
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
      assert.ok(!piecesOf(await rowsOf(vendor, await homeOf(it))).has('Antwerp '));
    }));

  test(`a proof that is over answers nothing, and an answer that is late is none, on ${engine}`, () =>
    stage(`over-${engine}`, engine, async (it) => {
      const { home, hub } = it;
      const proof = await prove(it, '2026-11-06');
      const asked = await askMaya(it, 'shop');
      const answer = { request: asked.id, lines: [{ line: 'residence/age', proof }] };
      const later = async (days: number): Promise<void> => {
        for (const node of [home, it.hall, it.vendor]) node.clock?.advance(days * DAY);
        await hub.idle();
      };
      await later(5);
      assert.equal((await home.refused('answer-proof-request', answer, maya)).code, 'proof-expired');
      assert.equal((await proofs(home, maya))[0]?.state, 'expired');
      assert.equal((await home.refused('take-proof', { proof }, maya)).code, 'proof-expired');
      assert.deepEqual((await askMaya(it, 'shop')).lines[0]?.candidates, []);
      await later(10);
      assert.equal((await home.refused('answer-proof-request', answer, maya)).code, 'proof-request-over');
    }));
}

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

async function homeOf({ vendor }: Stage): Promise<string> {
  return (await vendor.done<{ acting: { id: string } }>('who-am-i', {}, shop)).acting.id;
}

async function homeOfMaya({ home }: Stage): Promise<string> {
  return (await home.done<{ acting: { id: string } }>('who-am-i', {}, maya)).acting.id;
}

/** The presentation that this shop got, from the record that carried it. */
async function shownTo({ vendor, relationships }: Stage, who: 'shop' | 'rival'): Promise<string> {
  const home = (await vendor.done<{ acting: { id: string } }>('who-am-i', {}, byOf(who))).acting.id;
  for (const { table, columns } of await rowsOf(vendor, home)) {
    if (table !== 'records' || columns.type !== 'proof-answered' || columns.rel !== relationships[who])
      continue;
    const body = JSON.parse(Buffer.from(columns.body as Uint8Array).toString()); // the column of octets
    return body.shown[0].presentation;
  }
  throw new Error('nothing was shown');
}

/** What two presentations of one day have in common by their form, and all that is each one's own. */
function partsOf(token: string): { same: object; own: ReadonlySet<string> } {
  const parts = token.split('~');
  const json = (text = '') => JSON.parse(Buffer.from(text, 'base64url').toString());
  const [header, payload, signature = ''] = (parts[0] ?? '').split('.');
  const { _sd: digests, cnf, ...rest } = json(payload);
  const binding = (parts.at(-1) ?? '').split('.');
  const disclosures = parts.slice(1, -1);
  return {
    same: {
      header: json(header),
      rest,
      count: digests.length,
      names: disclosures.map((it) => json(it).slice(1)),
    },
    own: new Set([
      ...digests,
      ...disclosures,
      ...disclosures.map((it) => json(it)[0]),
      cnf.jwk.x,
      signature,
      ...Object.entries(json(binding[1])).flatMap(([name, value]) => (name === 'iat' ? [] : [String(value)])),
      binding[2],
    ]),
  };
}
