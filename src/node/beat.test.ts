import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTestDeps } from '../../test/harness/test-deps.ts';
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
