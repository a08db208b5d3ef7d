import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { deskLimits } from '../desk/limits.ts';
import { startJob } from '../jobs/index.ts';
import { LIMITS } from '../kernel/limits.ts';
import { must } from '../kernel/result.ts';
import { openSession, tokenHash } from '../parties/index.ts';

const DAY = 86_400_000;
const HOUR = DAY / 24;

async function column(node: TestNode, table: string, name: string): Promise<unknown[]> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ it: unknown }>`select ${sql.ref(name)} as it from ${sql.table(table)} order by 1`.execute(db),
  );
  return rows.map((row) => row.it);
}

for (const engine of engines()) {
  test(`${engine}: what nobody looks at any more is forgotten, and what somebody does is not`, async () => {
    const node = await startTestNode({ engine, seed: `timekeeper-${engine}` });
    try {
      const home = await node.party('shop');
      const { deps } = node;
      const short = await openSession(deps, home, { label: 'short', hours: 1 });
      const long = await openSession(deps, home, { label: 'long', hours: 24 * 300 });
      assert.equal(
        (await node.refused('sign-in', { handle: 'shop', passphrase: 'not this one' })).code,
        'sign-in-refused',
      );
      const now = deps.clock.now();
      const ends = {
        old: now - deskLimits.keepCastDays * DAY,
        fresh: now - (deskLimits.keepCastDays - 1) * DAY,
      };
      await deps.storage.transact(home, async (tx) => {
        for (const [when, until] of Object.entries(ends))
          for (const state of ['new', 'declined', 'full', 'closed', 'answered'])
            await sql`insert into desk_casts (home_id, alias, storefront, cell, terms, received_at, until_at, state)
              values (${home}, ${`${when}-${state}`}, 's', 'c', 't', ${now}, ${until}, ${state})`.execute(
              tx.db,
            );
      });
      await node.idle(); // a round that is under way would come again much later
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.deepEqual(await column(node, 'desk_casts', 'alias'), [
        'fresh-answered',
        'fresh-closed',
        'fresh-declined',
        'fresh-full',
        'fresh-new',
        'old-answered',
      ]);
      const sessions = await column(node, 'sessions', 'token_hash');
      assert.deepEqual(
        [sessions.includes(tokenHash(short)), sessions.includes(tokenHash(long))],
        [false, true],
      );
      assert.deepEqual(await column(node, 'sign_in_attempts', 'handle'), []);
    } finally {
      await node.close();
    }
  });

  test(`${engine}: of long work that has ended, the newest are kept`, async () => {
    const node = await startTestNode({ engine, seed: `jobs-${engine}`, rehearse: false });
    try {
      const home = await node.party('ada');
      const start = async (work: () => Promise<void>): Promise<string> =>
        must(await startJob(node.deps, home, 'test', () => work().then(() => undefined))).job;
      const ended: string[] = [];
      for (let i = 0; i < LIMITS.keptJobs + 10; i++) {
        if (i % 50 === 0) node.clock?.advance(1);
        const id = await start(async () => {});
        await node.idle();
        ended.push(id);
      }
      const kept = await column(node, 'jobs', 'id');
      assert.equal(kept.length, LIMITS.keptJobs);
      assert(ended.slice(-100).every((id) => kept.includes(id)));
    } finally {
      await node.close();
    }
  });
}
