import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { type Engine, engines } from '../../test/harness/test-deps.ts';
import { must } from '../kernel/result.ts';
import { importParty } from './import-party.ts';
import type { ImportReport } from './model.ts';
import { ARCHIVE_PASSPHRASE, exportQuickly, openTown, reportOn, type Town, uploadOf } from './testing.ts';

const OTHER: Readonly<Record<Engine, Engine>> = { sqlite: 'postgresql', postgresql: 'sqlite' };

for (const engine of engines()) {
  const other = engines().includes(OTHER[engine]) ? OTHER[engine] : engine;
  test(`whole parties go from ${engine} to ${other} and back with the same counts and hashes`, async () => {
    const town = await openTown(engine, `round-trip-${engine}`);
    const [there, back] = [
      await startTestNode({ engine: other, seed: 'there' }),
      await startTestNode({ engine, seed: 'back' }),
    ];
    try {
      for (const home of Object.values(town.homes)) await goThereAndBack(town.node, home, there, back);
      await actsAsBefore(town, there);
    } finally {
      for (const node of [town.node, there, back]) await node.close();
    }
  });
}

async function goThereAndBack(from: TestNode, home: string, there: TestNode, back: TestNode): Promise<void> {
  const path = await exportQuickly(from, home);
  const first = await reportOn(path);
  assert.deepEqual(first.problems, []);
  assert.equal(first.ok, true);
  const arrived = await bring(there, path);
  const again = await exportQuickly(there, home);
  const returned = await bring(back, again);
  const last = await reportOn(await exportQuickly(back, home));
  for (const report of [arrived, returned, last]) {
    assert.equal(report.ok, true);
    assert.deepEqual(report.counts, first.counts);
    const renamed = arrived.handle === first.party?.handle ? [] : ['parties'];
    assert.deepEqual(without(report.hashes, renamed), without(first.hashes, renamed));
  }
  rmSync(path);
}

async function bring(node: TestNode, path: string): Promise<ImportReport> {
  const input = { file: uploadOf(path), passphrase: ARCHIVE_PASSPHRASE };
  return must(await importParty(node.deps, { home: undefined, isOperator: true }, input));
}

function without(record: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** The copy opens with the old passphrase, shows what was there, and sends and signs nothing. */
async function actsAsBefore({ node, homes, open }: Town, there: TestNode): Promise<void> {
  const wrong = { handle: 'maya', passphrase: 'another passphrase' };
  assert.equal((await there.refused('sign-in', wrong)).code, 'sign-in-refused');
  await there.done('sign-in', { handle: 'maya', passphrase: PASSPHRASE });
  const maya = { as: 'maya' };
  for (const [operation, input] of [
    ['get-relationship', { relationship: open }],
    ['list-items', {}],
    ['list-intents', {}],
  ] as const) {
    assert.deepEqual(await there.done(operation, input, maya), await node.done(operation, input, maya));
  }
  const waiting = await node.done<{ code: string }>('show-recovery-code', {}, { as: 'fanfare' });
  assert.deepEqual(await there.done('show-recovery-code', {}, { as: 'fanfare' }), waiting);
  const before = await outboxOf(there, homes.maya);
  there.clock?.advance(2 * 86_400_000);
  await there.idle();
  assert.deepEqual(await outboxOf(there, homes.maya), before);
  const signed = await there.call('open-storefront', { name: 'A second one' }, maya);
  assert.equal(signed.ok ? '' : signed.code, 'party-paused');
}

async function outboxOf(node: TestNode, home: string): Promise<readonly unknown[]> {
  const { rows } = await node.deps.storage.read((view) =>
    sql`select id, state, attempts, next_at from outbox where home_id = ${home} order by id`.execute(view.db),
  );
  return rows;
}
