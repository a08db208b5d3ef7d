import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, type TestNode } from '../../test/harness/node.ts';
import { actAs, engines } from '../../test/harness/test-deps.ts';
import { startJob } from '../jobs/index.ts';
import { isFailure, must } from '../kernel/result.ts';
import { importParty } from './import-party.ts';
import { sweepUnfinished } from './index.ts';
import { removeParty } from './remove-party.ts';
import { HERE_ONLY, SECTIONS } from './sections.ts';
import { ARCHIVE_PASSPHRASE, exportQuickly, openTown, reportOn, uploadOf } from './testing.ts';

const maya = { as: 'maya' };

/** Rows that name a home, in its own tables and in those of the node. */
async function traces({ deps }: TestNode, home: string): Promise<number> {
  return deps.storage.read(async (view) => {
    const own = [...SECTIONS, ...HERE_ONLY].map(
      ({ table }) => sql`select 1 from ${sql.table(table)} where home_id = ${home}`,
    );
    const ofNode = [
      sql`select 1 from handles where party = ${home}`,
      sql`select 1 from sessions where party = ${home}`,
      sql`select 1 from sign_in_attempts where handle = 'maya'`,
      sql`select 1 from node_values where name like ${`%${home}`}`,
    ];
    let sum = 0;
    for (const query of [...own, ...ofNode]) sum += (await query.execute(view.db)).rows.length;
    return sum;
  });
}

for (const engine of engines()) {
  test(`a removed party is gone with every row, and nobody else is touched, on ${engine}`, async () => {
    const { node, homes } = await openTown(engine, 'removal', 2);
    try {
      const beside = await reportOn(await exportQuickly(node, homes.fanfare));
      const archive = await exportQuickly(node, homes.maya);
      const wrong = await node.refused('remove-party', { passphrase: 'not my passphrase' }, maya);
      assert.equal(wrong.code, 'passphrase-wrong');
      assert.match(wrong.next, /at once and for good/);
      const before = await traces(node, homes.maya);
      const removed = await node.done<{ rows: number }>('remove-party', { passphrase: PASSPHRASE }, maya);
      // One more than before: that the passphrase was used is noted as it is asked for.
      assert.ok(removed.rows > 100 && removed.rows <= before + 1, `${removed.rows} of ${before}`);
      assert.equal(await traces(node, homes.maya), 0);
      const after = await reportOn(await exportQuickly(node, homes.fanfare));
      assert.deepEqual([after.counts, after.hashes], [beside.counts, beside.hashes]);
      assert.notEqual(await node.party('maya'), homes.maya);
      const input = { file: uploadOf(archive), passphrase: ARCHIVE_PASSPHRASE };
      const back = must(await importParty(node.deps, { home: undefined, isOperator: true }, input));
      assert.deepEqual([back.handle, back.counts], ['maya-2', (await reportOn(archive)).counts]);
    } finally {
      await node.close();
    }
  });

  test(`a removal that is interrupted takes the keys first, and is ended at the next start, on ${engine}`, async () => {
    const { node, homes } = await openTown(engine, 'interrupted removal', 2);
    const { storage } = node.deps;
    let done = 0;
    const breaking: typeof storage = {
      ...storage,
      transact(of, body) {
        if (of === homes.maya && ++done === 12) throw new Error('the power went out');
        return storage.transact(of, body);
      },
    };
    try {
      const deps = { ...node.deps, storage: breaking };
      await assert.rejects(
        removeParty(deps, actAs(homes.maya), { passphrase: PASSPHRASE }),
        /the power went out/,
      );
      const secrets = await storage.read((view) =>
        sql`select 1 from party_secrets where home_id = ${homes.maya}`.execute(view.db),
      );
      assert.equal(secrets.rows.length, 0);
      assert.ok((await traces(node, homes.maya)) > 0);
      assert.equal(await sweepUnfinished(node.deps), 1);
      assert.equal(await traces(node, homes.maya), 0);
    } finally {
      await node.close();
    }
  });
}

test('work that runs keeps its party from being removed, and is told as interrupted in an archive', async () => {
  const { node, homes } = await openTown('sqlite', 'busy', 2);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  try {
    must(await startJob(node.deps, homes.maya, 'waiting', () => promise));
    const busy = await removeParty(node.deps, actAs(homes.maya), { passphrase: PASSPHRASE });
    assert.equal(isFailure(busy) && busy.code, 'jobs-busy');
    const report = await reportOn(await exportQuickly(node, homes.maya));
    assert.deepEqual([report.ok, report.counts.jobs], [true, 1]);
  } finally {
    resolve(undefined);
    await node.close();
  }
});
