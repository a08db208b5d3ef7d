import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sweepPlanned, withdrawForgotten } from '../../src/grants/index.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import { engines } from '../harness/test-deps.ts';
import {
  ADDRESS,
  bodiesOf,
  change,
  forget,
  givenByHim,
  insertKey,
  kept,
  paused,
  READABLE,
  sign,
  standStill,
  unsent,
  waiting,
  withoutKeys,
} from './kept.ts';
import { maya, type Opened, openPair, type Pair, tom } from './pair.ts';

const HOUR = 3_600_000;
/** Behind the last day of every calendar. */
const FAR = 9_000_000_000_000_000;

for (const engine of engines()) {
  describe(`what is kept of grants on ${engine}`, () => {
    let pair: Pair;
    before(async () => {
      pair = await openPair(engine, 'kept');
    });
    after(() => pair.node.close());

    test('a newer value whose first one lost its words makes the grant, and what was stopped does not', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant, item } = await give(relationship, 'one@example.org', { follows: true });
      const [body] = await bodiesOf(pair, relationship, 'grant');
      // As he has it who came back from a backup, and was told the grant after its value had been followed by another.
      await forget(pair, homes.tom, grant);
      await change(pair, item, 'two@example.org');
      assert.equal((await shown(tom, grant, relationship)).version, 2);
      assert.equal((await node.done<Opened>('open-grant', { grant }, tom)).value, 'two@example.org');
      await node.done('stop-sharing', { grant }, maya);
      await node.idle();
      assert.equal((await shown(maya, grant, relationship)).deletion?.what, 'erased');
      assert.deepEqual(await kept(pair, homes.tom, relationship), []);
      await forget(pair, homes.tom, grant);
      await sign(pair, 'maya', relationship, 'grant-updated', { ...body, version: 3, epoch: 2 });
      await node.idle();
      assert.deepEqual(await grantsSeen(node, relationship, tom), []);
      assert.deepEqual(await kept(pair, homes.tom, relationship), []);
    });

    test('what does not count leaves neither value nor key, before the end of a grant or after it', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'one@example.org', { follows: true });
      const still = await give(relationship, 'still@example.org');
      const bodies = await bodiesOf(pair, relationship, 'grant');
      const [body, other] = [bodies[0] ?? {}, bodies[1] ?? {}];
      const before = await kept(pair, homes.tom, relationship);
      assert.equal(before.length, 2);
      for (const [type, said, v] of [
        ['grant-updated', { ...body, grant: 'never-given', version: 2 }, 1],
        ['grant', body, 2],
        ['grant', { ...body, epoch: 7, grant: 'other-epoch' }, 2],
        ['grant', { ...body, grant: 'no-end', until: FAR }, 2],
        ['grant', { ...READABLE, grant }, 1],
        ['grant-updated', { ...body, version: 2, purpose: 'to sell it on' }, 1],
        ['grant-updated', { ...body, version: 2, until: node.deps.clock.now() + HOUR }, 1],
        ['grant-updated', { ...other, version: 2 }, 1],
      ] as const)
        await sign(pair, 'maya', relationship, type, said, v);
      await node.idle();
      assert.equal((await shown(tom, grant, relationship)).version, 1);
      assert.equal((await shown(tom, still.grant, relationship)).version, 1, 'it follows nothing');
      // What cannot even be read is kept until it is taken back.
      assert.deepEqual((await kept(pair, homes.tom, relationship)).slice(0, 2), before);
      await sign(pair, 'maya', relationship, 'grant-stopped', { grant: 'no-end' });
      await node.idle();
      assert.deepEqual(await kept(pair, homes.tom, relationship), before);
      await sign(pair, 'tom', relationship, 'grant-stopped', { grant });
      await node.idle();
      assert.equal(
        (await shown(maya, grant, relationship)).state,
        'active',
        'nobody else takes back what is hers',
      );
      const hers = await kept(pair, homes.maya, relationship);
      assert(before.every((it) => hers.includes(it)));
      await node.done('end-relationship', { relationship }, tom);
      await node.idle();
      for (const home of [homes.maya, homes.tom]) assert.deepEqual(await kept(pair, home, relationship), []);
    });

    test('what is taken back, runs out or ends before it has left never leaves', async () => {
      const { node, homes, meet, give, shown } = pair;
      const [first, second] = [await meet(), await meet()];
      await paused(pair, homes.tom, true);
      const until = node.deps.clock.now() + HOUR;
      const stopped = await give(first, 'stopped@example.org', { follows: true });
      await change(pair, stopped.item, 'stopped.later@example.org');
      await give(first, 'expired@example.org', { until });
      await give(second, 'ended@example.org');
      assert.equal(await waiting(pair), 4);
      await node.done('stop-sharing', { grant: stopped.grant }, maya);
      await node.done('end-relationship', { relationship: second }, maya);
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.equal(await waiting(pair), 0);
      await paused(pair, homes.tom, false);
      for (let i = 0; i < 3; i++) {
        node.clock?.advance(HOUR);
        await node.idle();
      }
      for (const relationship of [first, second])
        assert.deepEqual(await grantsSeen(node, relationship, tom), []);
      assert.deepEqual(await unsent(pair), [], 'what stood behind it has arrived');
      const again = await give(first, 'again@example.org');
      assert.equal((await shown(tom, again.grant, first)).state, 'active');
    });

    test('a key that locks nothing is not taken, and one that is here stops nothing else', async () => {
      const { node, meet, give, shown } = pair;
      const [bad, good] = [await meet(), await meet()];
      const { item } = await give(bad, 'one@example.org', { follows: true });
      for (const key of ['AAAA', Buffer.alloc(32).toString('base64url')])
        await sign(pair, 'tom', bad, 'sealing-key', { key });
      await node.idle();
      const taken = await give(bad, 'two@example.org');
      assert.equal((await shown(tom, taken.grant, bad)).state, 'active', 'the one before counts still');
      // As an earlier program has kept it.
      await insertKey(pair, bad, 'AAAA');
      await change(pair, item, 'three@example.org');
      const { id } = await node.done<{ id: string }>('put-item', ADDRESS, maya);
      const items = [{ item: id, purpose: 'to call' }];
      const failure = await node.refused('share-items', { relationship: bad, items }, maya);
      assert.equal(failure.code, 'sealing-key-unusable');
      const received = await givenByHim(pair, good);
      for (let i = 0; i < 3; i++) await node.done('open-grant', { grant: received }, maya);
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.equal(
        (await shown(tom, received, good)).openings.count,
        3,
        'what she opened is told all the same',
      );
    });

    test('nobody is told a deletion of what is shared still, and no number of theirs breaks a page or the chain', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'one@example.org');
      const erased = { grants: [grant], deletedAt: 1, what: 'all-erased', words: '', until: null };
      await sign(pair, 'tom', relationship, 'grant-deleted', erased);
      await sign(pair, 'tom', relationship, 'grant-deleted', { ...erased, until: FAR });
      const opened = { grant, version: 1, epoch: 1, at: 5, by: 'person', purpose: 'to see' };
      for (const count of [Number.MAX_SAFE_INTEGER - 1, 10])
        await sign(pair, 'tom', relationship, 'grant-opened', { ...opened, count });
      await node.idle();
      assert.deepEqual(await unsent(pair), []);
      const mine = await shown(maya, grant, relationship);
      assert.equal(mine.deletion, undefined);
      assert.equal(mine.openings.count, Number.MAX_SAFE_INTEGER);
      const record = await node.done<JsonObject>('get-consent-record', { grant }, maya);
      assert.match(JSON.stringify(record), /"parley:otherPurposes":\["to see"\]/);
    });

    test('what is never given from now on is given in no newer value either', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant, item } = await give(relationship, 'one@example.org', { follows: true });
      await node.done('set-never', { add: [{ kind: 'property', value: 'schema:email' }] }, maya);
      await change(pair, item, 'two@example.org');
      assert.equal((await node.done<Opened>('open-grant', { grant }, tom)).value, 'one@example.org');
      assert.equal((await shown(maya, grant, relationship)).follows, false);
      await node.done('set-never', { drop: [{ kind: 'property', value: 'schema:email' }] }, maya);
    });

    test('a receipt says what all that it counts was opened for, and a paused copy opens nothing', async () => {
      const { node, homes, meet, give } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'one@example.org');
      const tolds: boolean[] = [];
      for (const purpose of [undefined, undefined, 'to sell it on', undefined])
        tolds.push((await node.done<Opened>('open-grant', { grant, ...(purpose && { purpose }) }, tom)).told);
      assert.deepEqual(tolds, [true, false, true, false]);
      node.clock?.advance(2 * HOUR);
      await node.idle();
      const receipts = await bodiesOf(pair, relationship, 'grant-opened');
      const own = 'to bring the ladder';
      assert.deepEqual(
        receipts.map((it) => [it.count, it.purpose]),
        [
          [1, own],
          [1, own],
          [1, 'to sell it on'],
          [1, own],
        ],
      );
      await paused(pair, homes.tom, true);
      assert.equal((await node.refused('open-grant', { grant }, tom)).code, 'party-paused');
      await paused(pair, homes.tom, false);
    });

    test('what waited for a key when a backup was made is withdrawn, and what waits for a yes is not', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      await withoutKeys(pair, relationship);
      const { grant } = await give(relationship, 'one@example.org');
      const since = node.deps.clock.now();
      for (const [until, state] of [
        [since, 'planned'],
        [since + HOUR, 'stopped'],
      ] as const) {
        await standStill(pair, relationship, until);
        await withdrawForgotten(node.deps, homes.maya);
        assert.equal((await shown(maya, grant, relationship)).state, state);
      }
      await standStill(pair, relationship, null);
    });

    test('what waits for a key ends with its day, and does not go out in a pause', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      const bringBack = await withoutKeys(pair, relationship);
      const short = await give(relationship, 'short@example.org', { until: node.deps.clock.now() + HOUR });
      const long = await give(relationship, 'long@example.org');
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.equal((await shown(maya, short.grant, relationship)).state, 'stopped');
      await bringBack();
      const { storage } = node.deps;
      // The pause comes between the look and what is done.
      const read: typeof storage.read = async (body) => {
        const found = await storage.read(body);
        await node.done('pause-relationship', { relationship }, maya);
        return found;
      };
      await sweepPlanned({ ...node.deps, storage: { ...storage, read } }, homes.maya);
      assert.equal((await shown(maya, long.grant, relationship)).state, 'planned');
      await node.done('stop-sharing', { grant: long.grant }, maya);
      await node.done('resume-relationship', { relationship }, maya);
      const none = await meet();
      await withoutKeys(pair, none);
      assert.equal((await node.refused('give-readable', { relationship: none }, maya)).code, 'grant-state');
    });
  });
}
