import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { PartyActor } from '../../src/kernel/operation.ts';
import { must } from '../../src/kernel/result.ts';
import type { PassphraseCost } from '../../src/kernel/sealing.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { type BaseDeps, migrate, postgresStorage, sqliteStorage } from '../../src/storage/index.ts';
import { putMigrated } from './migrated-sqlite.ts';
import { createMigratedDatabase } from './postgres.ts';

/** So that a thousand parties of tests are made in the time of a few. */
export const CHEAP: PassphraseCost = { memoryKiB: 64, passes: 1, lanes: 1 };
/** More relationships than a party opens in any test, and leaves out once it was restored twice. */
export const FEW = 160;

export type Engine = 'sqlite' | 'postgresql';

/** The engines that this run tests on: SQLite always, PostgreSQL where PARLEY_TEST_POSTGRES names a server. */
export function engines(): readonly Engine[] {
  return process.env.PARLEY_TEST_POSTGRES ? ['sqlite', 'postgresql'] : ['sqlite'];
}

/** Those for what hardly depends on the storage: a plain run tries it on SQLite alone, CI on both. */
export function enginesInCi(): readonly Engine[] {
  return process.env.CI === 'true' ? engines() : ['sqlite'];
}

export interface TestDeps extends BaseDeps {
  readonly clock: ReturnType<typeof manualClock>;
  close(): Promise<void>;
}

/**
 * What a use case needs, over an empty database of its own, migrated. Every transaction is rehearsed, unless a test
 * measures.
 */
export async function openTestDeps(engine: Engine, seed: string, rehearse = true): Promise<TestDeps> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const database = engine === 'sqlite' ? undefined : await createMigratedDatabase();
  if (!database) await putMigrated(join(folder, 'node.sqlite'));
  const storage = database
    ? postgresStorage(database.url, { rehearse })
    : sqliteStorage(join(folder, 'node.sqlite'), { rehearse });
  must(await migrate(storage, 0));
  const random = seededRandom(seed);
  return {
    storage,
    clock: manualClock(1_800_000_000_000),
    random,
    log: silentLog,
    nodeKey: random.bytes(32),
    passphraseCost: CHEAP,
    commitmentsAhead: FEW,
    host: 'here',
    ownHosts: new Set(['here']),
    async close() {
      await storage.close();
      await database?.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Somebody who acts as this home. */
export function actAs(home: string): PartyActor {
  return { home, isOperator: false };
}
