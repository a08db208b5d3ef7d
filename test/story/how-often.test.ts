import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { ok } from '../../src/kernel/result.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import { engines } from '../harness/test-deps.ts';
import { bodiesOf, change, kept, sign } from './kept.ts';
import { maya, type Opened, openPair, type Pair, standsIn, tom } from './pair.ts';
import { agreed, property, SIZE_THEN_ADDRESS, trustStory } from './trust.ts';

const TWICE = { times: 2 };

for (const engine of engines()) {
  describe(`how often something may be opened, on ${engine}`, () => {
    let pair: Pair;
    before(async () => {
      pair = await openPair(engine, 'often');
    });
    after(() => pair.node.close());

    test('whoever opens at once opens so often and not once more; each opening is told, and then it is erased', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'thrice@example.org', { times: 3 });
      const tries = await Promise.all([1, 2, 3, 4, 5].map(() => node.call('open-grant', { grant }, tom)));
      const got = tries.flatMap((it) => (it.ok ? [it.value as Opened & { left: number }] : [])); // what it answers
      assert.deepEqual(
        got.map((it) => [it.openings, it.left, it.told, it.value]).sort(),
        [1, 2, 3].map((n) => [n, 3 - n, true, 'thrice@example.org']),
      );
      const refused = tries.flatMap((it) => (it.ok ? [] : [it.code]));
      assert.deepEqual(refused, ['grant-spent', 'grant-spent']);
      await node.idle();
      for (const by of [maya, tom]) {
        const seen = await shown(by, grant, relationship);
        assert.deepEqual(
          [seen.times, seen.openings.count, seen.state, seen.stoppedBy, seen.deletion?.what],
          [3, 3, 'stopped', 'count', 'erased'],
        );
      }
      for (const home of [homes.maya, homes.tom]) assert.deepEqual(await kept(pair, home, relationship), []);
      assert.deepEqual(await standsIn(node, homes.maya, 'thrice@example.org'), []);
      type Consent = Record<string, unknown> & {
        'dpv:hasConsentStatus': { 'dpv:hasConsentStatus': string }[];
        'dpv:hasProcess': { 'dpv:hasFrequency': string };
      };
      const [hers, his] = await Promise.all(
        [maya, tom].map((by) => node.done<Consent>('get-consent-record', { grant }, by)),
      );
      for (const record of [hers, his]) delete record?.['dpv:hasDataController'];
      assert.deepEqual(hers, his, 'both can show the same');
      assert.equal(hers?.['dpv:hasProcess']['dpv:hasFrequency'], 'opened at most 3 times');
      assert.deepEqual(
        hers?.['dpv:hasConsentStatus'].map((it) => it['dpv:hasConsentStatus']),
        ['dpv:ConsentGiven', 'dpv:ConsentExpired'],
      );
    });

    test('a newer value begins no new count, and none is given once it is used up', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant, item } = await give(relationship, 'one@example.org', { ...TWICE, follows: true });
      await node.done<Opened>('open-grant', { grant }, tom);
      await change(pair, item, 'two@example.org');
      assert.equal((await shown(tom, grant, relationship)).version, 2);
      assert.equal((await node.done<Opened>('open-grant', { grant }, tom)).value, 'two@example.org');
      await node.idle();
      await change(pair, item, 'three@example.org');
      assert.equal((await node.refused('open-grant', { grant }, tom)).code, 'grant-spent');
      assert.equal((await shown(maya, grant, relationship)).version, 2);
      assert.deepEqual(await kept(pair, homes.tom, relationship), []);
    });

    test('to a Parley that does not say that it counts nothing with a number goes out, readable or locked', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      // What an older one announces: its key, and nothing of what it reads.
      const isTheirs = sql`home_id = ${homes.maya} and rel = ${relationship}`;
      const { rows } = await node.deps.storage.read(({ db }) =>
        sql<{ public_key: string }>`select public_key from sealing_keys where ${isTheirs}`.execute(db),
      );
      const write = (said: ReturnType<typeof sql>) =>
        node.deps.storage.transact(homes.maya, async ({ db }) => ok(await said.execute(db)));
      await write(sql`update sealing_keys set reads = null where ${isTheirs}`);
      const { grant } = await give(relationship, 'counted@example.org', TWICE);
      const free = await give(relationship, 'free@example.org');
      const shownTo = async () => (await grantsSeen(node, relationship, tom)).map((it) => it.value);
      assert.deepEqual(await shownTo(), ['free@example.org']);
      type Listed = { canLock: boolean; canCount: boolean };
      const listed = await node.done<Listed>('list-grants', { relationship }, maya);
      assert.deepEqual([listed.canLock, listed.canCount], [true, false]);
      await write(sql`delete from sealing_keys where ${isTheirs}`);
      const readable = await node.refused('give-readable', { relationship }, maya);
      assert.equal(readable.code, 'grant-uncounted');
      // It has a newer program now, and says so.
      await sign(pair, 'tom', relationship, 'sealing-key', { key: rows[0]?.public_key ?? '', reads: 3 });
      await node.idle();
      assert.deepEqual((await shownTo()).sort(), ['counted@example.org', 'free@example.org']);
      assert.equal((await shown(tom, grant, relationship)).times, 2);
      assert.equal((await shown(tom, free.grant, relationship)).times, undefined);
    });

    test('receipts beyond the number are counted and shown, and another number than the sealed one opens nothing', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'once@example.org', { times: 1 });
      await give(relationship, 'other@example.org', TWICE);
      const bodies = await bodiesOf(pair, relationship, 'grant');
      const other = bodies.find((it) => it.times === 2);
      await node.done('open-grant', { grant }, tom);
      await node.idle();
      // As somebody's altered program would tell.
      const receipt = { grant, version: 1, epoch: 1, at: node.deps.clock.now(), by: 'person', purpose: 'x' };
      await sign(pair, 'tom', relationship, 'grant-opened', { ...receipt, count: 2 });
      await node.idle();
      const seen = await shown(maya, grant, relationship);
      assert.deepEqual([seen.openings.count, seen.times, seen.stoppedBy], [3, 1, 'count']);
      for (const [said, v] of [
        [{ ...other, grant: 'raised', times: 50 }, 3],
        [{ ...other, grant: 'lifted' }, 2],
      ] as const) {
        await sign(pair, 'maya', relationship, 'grant', said, v);
        await node.idle();
        assert.equal((await node.refused('open-grant', { grant: said.grant }, tom)).code, 'grant-unreadable');
      }
      const update = { ...other, version: 2, follows: true };
      for (const [said, v] of [
        [{ ...update, times: 9 }, 2],
        [update, 1],
      ] as const)
        await sign(pair, 'maya', relationship, 'grant-updated', said, v);
      await node.idle();
      assert.equal((await shown(tom, `${other?.grant}`, relationship)).version, 1);
    });
  });
}

for (const engine of engines()) {
  describe(`how often what a rule gives may be opened, on ${engine}`, () => {
    const story = trustStory(engine, 'often-rules');

    test('each version that a rule gives may be opened so often, and one that is used up is followed by none', async () => {
      const { node, me, shop, agree, write, switchOn, held } = story;
      const relationship = await agree();
      const gives = [property('own:shoe-size')];
      const step = { when: agreed, gives, times: 2, howOften: 'each-version' };
      await switchOn(await write({ ...SIZE_THEN_ADDRESS, steps: [step] }));
      assert.deepEqual(await held(relationship), ['EU 42']);
      const items = await node.done<{ rows: { id: string; property: string }[] }>('list-items', {}, me);
      const size = items.rows.find((it) => it.property === 'own:shoe-size')?.id;
      const change = async (value: string): Promise<void> => {
        await node.done('put-item', { id: size, property: 'own:shoe-size', value }, me);
        node.clock?.advance(2 * 3_600_000);
        await node.idle();
      };
      await change('EU 43');
      for (const _ of [1, 2]) assert.deepEqual(await held(relationship), ['EU 43']);
      await node.idle();
      await change('EU 44');
      assert.deepEqual(await held(relationship), []);
      const listed = await node.done<{ rows: { times?: number; stoppedBy?: string }[] }>(
        'list-grants',
        { relationship },
        shop,
      );
      assert.deepEqual(listed.rows.map((it) => [it.times, it.stoppedBy]).sort(), [
        [2, 'count'],
        [2, 'theirs'],
      ]);
    });
  });
}
