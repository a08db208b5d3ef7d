import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportQuickly, uploadOf } from '../../src/archive/testing.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { piecesOf, rowsOf } from '../story/holdings.ts';
import { backUp, restore } from './backup.ts';
import {
  askMaya,
  byOf,
  homeOfMaya,
  maya,
  partsOf,
  proofs,
  prove,
  requests,
  shownTo,
  stage,
  town,
} from './proving.ts';

const DAY = 86_400_000;

test('no copy is shown twice by a node that came back from a backup', () =>
  stage('restored', 'sqlite', async (it) => {
    const { home, hub } = it;
    const proof = await prove(it);
    await backUp(home);
    const show = async (who: 'shop' | 'rival'): Promise<string> => {
      const { id } = await askMaya(it, who);
      const answer = { request: id, lines: [{ line: 'residence/age', proof }] };
      const done = await home.call('answer-proof-request', answer, maya);
      await hub.idle();
      return done.ok ? 'shown' : done.code;
    };
    assert.equal(await show('shop'), 'shown');
    await restore(home);
    assert.deepEqual((await proofs(home, maya))[0]?.copies, { left: 0, used: 10, isLow: true });
    for (let minute = 0; minute < 8; minute++) {
      for (const node of [home, it.hall, it.vendor]) node.clock?.advance(61_000);
      await hub.idle();
    }
    assert.equal(await show('rival'), 'copies-spent');
    await home.done('take-proof', { proof }, maya);
    await hub.idle();
    assert.equal(await show('rival'), 'shown');
    const [one, two] = [await shownTo(it, 'shop'), await shownTo(it, 'rival')].map(partsOf);
    assert(one && two);
    assert.deepEqual(
      [...one.own].filter((piece) => two.own.has(piece)),
      [],
    );
  }));

for (const engine of engines()) {
  test(`two shops that compare what they saw find nothing that is one person's, on ${engine}`, () =>
    stage(`compare-${engine}`, engine, async (it) => {
      const proof = await prove(it);
      const tokens: string[] = [];
      for (const who of ['shop', 'rival'] as const) {
        const asked = await askMaya(it, who);
        const lines = asked.lines.map((line) => ({ line: line.id, proof }));
        await it.home.done('answer-proof-request', { request: asked.id, lines }, maya);
        await it.hub.idle();
        await it.vendor.done('check-issuer', { address: 'ghent@town.example' }, byOf(who));
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
      const rows = await rowsOf(home, id);
      assert.ok(rows.filter((row) => row.table === 'proof_copies').length === 10);
      const pieces = piecesOf(rows);
      for (const secret of ['East Flanders', 'Wondelgem', 'dc+sd-jwt'])
        assert.ok(
          !pieces.has(secret.slice(0, 8)),
          `${secret} lies open in ${[...(pieces.get(secret.slice(0, 8)) ?? [])]}`,
        );
      const file = uploadOf(await exportQuickly(home, id, PASSPHRASE));
      const next = await hub.open('next.example', engine);
      await next.done('import-party', { file, passphrase: PASSPHRASE }, 'operator');
      assert.deepEqual(
        (await proofs(next, maya)).map((one) => [one.state, one.copies.left, one.facts[1]?.value]),
        [['held', 10, 'East Flanders']],
      );
      assert.equal((await proofs(hall, town)).length, 1);
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
