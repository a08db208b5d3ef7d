import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode } from '../../test/harness/node.ts';
import { openTestDeps } from '../../test/harness/test-deps.ts';
import { backUpQuickly } from '../backup/testing.ts';
import { beatOnce, isRestored } from './beat.ts';

test('a beat that was damaged says nothing: the node asks, and goes on counting in numbers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-beat-'));
  const file = join(folder, 'beat');
  const deps = await openTestDeps('sqlite', 'beat');
  try {
    for (let i = 0; i < 12; i++) await beatOnce(deps.storage, file);
    assert.equal(await isRestored(deps.storage, file), false);
    for (const damaged of ['1\u00122', '', '\u00b1', '1.2', '-12']) {
      writeFileSync(file, damaged);
      assert.equal(await isRestored(deps.storage, file), true, damaged);
      await beatOnce(deps.storage, file);
      assert.match(readFileSync(file, 'utf8'), /^[0-9]{2}$/);
      assert.equal(await isRestored(deps.storage, file), false);
    }
    writeFileSync(file, '99');
    assert.equal(await isRestored(deps.storage, file), true, 'later than the database');
  } finally {
    await deps.close();
    rmSync(folder, { recursive: true });
  }
});

test('a copy that is laid back within the minute is noticed: after a backup, and after an orderly end', async () => {
  const node = await startTestNode({ seed: 'beat within a minute' });
  const folder = mkdtempSync(join(tmpdir(), 'parley-beat-'));
  const file = join(node.data, 'beat');
  const beside = (): number => Number(readFileSync(file, 'utf8'));
  try {
    const before = beside();
    await backUpQuickly(node.deps, join(folder, 'backup.age'));
    assert(beside() > before, 'whoever is killed now, and comes back from it, notices');
    const copy = join(folder, 'copy.sqlite');
    assert(node.deps.storage.copyTo);
    await node.deps.storage.copyTo(copy, new AbortController().signal);
    const atCopy = beside();
    await node.reopen((data) => {
      assert(beside() > atCopy);
      for (const end of ['-wal', '-shm']) rmSync(join(data, `parley.sqlite${end}`), { force: true });
      copyFileSync(copy, join(data, 'parley.sqlite'));
    });
    const restored = await node.deps.storage.read(({ db }) =>
      sql`select 1 from node_values where name = 'restored'`.execute(db),
    );
    assert.equal(restored.rows.length, 1);
  } finally {
    await node.close();
    rmSync(folder, { recursive: true });
  }
});
