import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { startTestNode } from '../../test/harness/node.ts';
import { must } from '../kernel/result.ts';
import { restoreNode } from '../node/index.ts';
import { sqliteStorage } from '../storage/index.ts';
import { MIGRATIONS } from '../storage/migrations/index.ts';
import { BACKUP_PASSPHRASE, backUpQuickly, openOn } from './testing.ts';

/** A database as a Parley of then had it, in which somebody is signed in with a browser and with a program. */
function databaseOf(path: string, migrations: typeof MIGRATIONS): void {
  const database = new DatabaseSync(path);
  database.exec(`pragma journal_mode = wal; create table migrations (home_id text not null, number integer not null,
    name text not null, applied_at integer not null, primary key (home_id, number))`);
  for (const { number, name, up } of migrations) {
    for (const statement of up({ text: 'text', whole: 'integer', bytes: 'blob' })) database.exec(statement);
    database.prepare('insert into migrations values (?, ?, ?, 0)').run('node', number, name);
  }
  const session = database.prepare(
    `insert into sessions (home_id, token_hash, party, label, scopes, created_at, used_at, expires_at)
      values ('node', ?, 'ada', 'label', ?, 0, 0, 9000000000000)`,
  );
  session.run('a browser', null);
  session.run('a program', 'reads');
  database.close();
}

for (const count of [1, Math.floor(MIGRATIONS.length / 2), MIGRATIONS.length - 1]) {
  test(`a backup of a node that knew ${count} of ${MIGRATIONS.length} migrations is restored, and brought up to date`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-earlier-'));
    const node = await startTestNode({ seed: 'earlier' });
    const path = join(folder, 'earlier.sqlite');
    databaseOf(path, MIGRATIONS.slice(0, count));
    const storage = sqliteStorage(path);
    try {
      const file = await backUpQuickly({ ...node.deps, storage }, join(folder, 'earlier.age'));
      const data = join(folder, 'data');
      must(await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data }));
      const started = must(await openOn(node, data));
      await started.close();
      const database = new DatabaseSync(join(data, 'parley.sqlite'), { readOnly: true });
      const [known, sessions] = ['select number from migrations', 'select token_hash from sessions'].map(
        (it) => database.prepare(it).all(),
      );
      database.close();
      assert.equal(known?.length, MIGRATIONS.length);
      assert.deepEqual(
        sessions?.map((it) => it.token_hash),
        ['a program'],
      );
    } finally {
      await storage.close();
      await node.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
