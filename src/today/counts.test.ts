import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CompiledQuery, type KyselyPlugin, sql } from 'kysely';
import pg from 'pg';
import { createTestDatabase } from '../../test/harness/postgres.ts';
import { actAs, CHEAP, type Engine, engines } from '../../test/harness/test-deps.ts';
import { listGrants } from '../grants/list-grants.ts';
import { showSharing } from '../grants/show-sharing.ts';
import { manualClock } from '../kernel/clock.ts';
import { silentLog } from '../kernel/log.ts';
import { must } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type BaseDeps, migrate, postgresStorage, type Storage, sqliteStorage } from '../storage/index.ts';
import { showToday } from './show-today.ts';

const ROWS = 10_000;
const NOW = 1_800_000_000_000;
/** Of every hundred rows this many are still open, wait, or are shared. */
const LIVE = 2;

/** One row of each table as SQL, `n` being its number; `live` is true for the few that count. */
const TABLES: Readonly<Record<string, string>> = {
  relationships: `select h, 'r' || n, 'buyer', case when live then 'active' else 'ended' end, 'Shop ' || n, 0, 'i', null, 'o',
    't', 'a', 's', null, null, null, 1, n, case when live then 1 else 0 end, '', null, '', null, null`,
  commitments: `select h, 'c' || n, 'r' || n, 0, n % 2, 'w', 'EUR', 1, null, case when live then 'promised' else 'confirmed' end,
    null, null, null, ''`,
  grants: `select h, 'g' || n, 'r' || n, n % 2, 'p', 'l', null, null, 'x', null,
    case when live then 'active' else 'stopped' end, 1, null, null, 1, 1, null, null, 0, 1, null, null, 0, 0,
    null, null, null, null, null, null, null, null`,
  outbox: `select h, 'd' || n, n, 's', 'k', 'h', 'p', null, 'record', null, OCTETS,
    case when live then 'dead' else 'acted' end, 1, 1, 1, 1, null, null, null, null`,
  intents: `select h, 'w' || n, 'm', 'm', 0, case when live then 'open' else 'closed' end, 's', 's', '{}', null, 'hold', 'c',
    null, 'people', n, null, ${NOW + 1}, null, null`,
  intent_offers: `select h, 'f' || n, 'w' || n, 'c', 'listing', 'd' || n, 's', 'open', ${NOW + 1}, 1, '', '', 'EUR', 1, null,
    '', n, null, null, null`,
};

/** Plans that look at every row there is, or at every row of the home. */
const everyRow: Readonly<Record<Engine, RegExp>> = {
  sqlite: /\bSCAN\b|\(home_id=\?\)/,
  postgresql: /Seq Scan|Index Cond: \(home_id = 'mine'::text\)$/m,
};

/** These hold what has not ended, or what is unread, and nothing else (migrations 0025 and 0040): a home's whole part of one may be read. */
const UNFINISHED_ONLY =
  /Scan using (?:outbox_(?:stuck|due|by_lane|by_address) on outbox|relationships_unread on relationships) [^\n]*\n\s*Index Cond: \(home_id = 'mine'::text\)/g;

async function fill(storage: Storage): Promise<void> {
  const isSqlite = storage.engine === 'sqlite';
  for (const home of ['mine', 'other']) {
    await storage.transact(home, async (tx) => {
      for (const [table, row] of Object.entries(TABLES)) {
        const rows = row.replace('OCTETS', isSqlite ? "x'00'" : "'\\x00'::bytea");
        await sql
          .raw(
            `insert into ${table} with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${ROWS}),
             numbered as (select n, '${home}' as h, n % 100 < ${LIVE} as live from numbers) ${rows} from numbered`,
          )
          .execute(tx.db);
      }
    });
  }
}

/** The same storage, which notes the plan of every query that is made on it. */
function planned(storage: Storage, plans: string[]): Storage {
  const explain = storage.engine === 'sqlite' ? 'explain query plan' : 'explain';
  return {
    ...storage,
    read: (body) =>
      storage.read(async (view) => {
        const seen: CompiledQuery[] = [];
        const note: KyselyPlugin = {
          transformQuery({ node, queryId }) {
            seen.push(view.db.getExecutor().compileQuery(node, queryId));
            return node;
          },
          transformResult: async ({ result }) => result,
        };
        const value = await body({ db: view.db.withPlugin(note) });
        for (const { sql: text, parameters } of seen) {
          const plan = await view.db.executeQuery<Record<string, string>>(
            CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
          );
          plans.push(plan.rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n'));
        }
        return value;
      }),
  };
}

async function open(engine: Engine): Promise<{ storage: Storage; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-counts-'));
  const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
  const storage = database ? postgresStorage(database.url) : sqliteStorage(join(folder, 'a.sqlite'));
  must(await migrate(storage, 0));
  await fill(storage);
  if (database) {
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query('vacuum analyze');
    await admin.end();
  }
  const close = async (): Promise<void> => {
    await storage.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
  };
  return { storage, close };
}

/** All that is asked of what is shared, and that no row asks anything for itself. */
async function readShared(deps: BaseDeps, plans: readonly string[]): Promise<void> {
  const first = plans.length;
  const shared = must(await showSharing(deps, actAs('mine'), { limit: 60 }));
  assert.deepEqual([shared.rows.length, shared.rows[0]?.with], [60, 'Shop 9901']);
  assert.equal(plans.length - first, 4, 'what waits, what is seen, and two counts');
  const { next: after } = shared;
  const all = must(await showSharing(deps, actAs('mine'), { limit: 200, after }));
  assert.deepEqual([all.rows.length, all.total, all.parties], [200, ROWS / 2, (ROWS * LIVE) / 200]);
  const over = must(await showSharing(deps, actAs('mine'), { state: 'over', limit: 200 }));
  must(await showSharing(deps, actAs('mine'), { state: 'over', limit: 200, after: over.next }));
  const found = must(await showSharing(deps, actAs('mine'), { search: 'shop 9901', limit: 200 }));
  assert.equal(found.rows.length, 1);
  const between = must(await listGrants(deps, actAs('mine'), { relationship: 'r9900', limit: 200 }));
  assert.deepEqual([between.rows.length, between.total], [1, 1]);
}

for (const engine of engines()) {
  test(`${engine}: the page of today and what is shared are read from indexes at ${ROWS} rows`, async (t) => {
    const { storage, close } = await open(engine);
    try {
      const random = seededRandom('counts');
      const plans: string[] = [];
      const deps: BaseDeps = {
        storage: planned(storage, plans),
        clock: manualClock(NOW),
        random,
        log: silentLog,
        nodeKey: random.bytes(32),
        passphraseCost: CHEAP,
        commitmentsAhead: 0,
        host: 'here',
        ownHosts: new Set(['here']),
      };
      const today = must(await showToday(deps, actAs('mine')));
      const live = (ROWS * LIVE) / 100;
      assert.deepEqual(
        [today.relationships, today.promises.mineOpen, today.shared, today.stuck],
        [{ active: live, asked: 0, unread: live }, live / 2, live / 2, live],
      );
      assert.equal(today.wants.open, live);
      await readShared(deps, plans);
      for (const plan of plans) {
        // Tables of few rows or none, which PostgreSQL reads whole.
        if (/node_values|sealing_keys/.test(plan)) continue;
        assert.doesNotMatch(plan.replaceAll(UNFINISHED_ONLY, ''), everyRow[engine]);
      }
      const began = performance.now();
      for (let i = 0; i < 20; i++) await showToday({ ...deps, storage }, actAs('mine'));
      t.diagnostic(`show-today: ${((performance.now() - began) / 20).toFixed(2)} ms`);
    } finally {
      await close();
    }
  });
}
