import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { saveWhole, takeName } from './save-whole.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-save-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('of two that save under one name at once one has it, whole, and the other is told', async () => {
  const path = join(folder, 'at-once');
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const first = saveWhole(path, async (part) => {
    await writeFile(part, 'the beginning');
    begun.resolve();
    await goOn.promise;
    await writeFile(part, ' and the end', { flag: 'a' });
  });
  await begun.promise;
  const second = saveWhole(path, async (part) => {
    await writeFile(part, 'a part of the second');
    goOn.resolve();
    assert((await first).ok);
    await writeFile(part, ', and its end', { flag: 'a' });
  });
  const refused = await second;
  assert(!refused.ok && refused.code === 'file-exists');
  assert.deepEqual(await first, { ok: true, value: { file: path, bytes: 25 } });
  assert.equal(readFileSync(path, 'utf8'), 'the beginning and the end');
  assert.deepEqual(readdirSync(folder), ['at-once']);
});

test('what fails leaves nothing, and what came meanwhile is not written over, with links or without', async () => {
  const path = join(folder, 'at-once');
  const full = new Error('no room');
  const failing = saveWhole(join(folder, 'failing'), async (part) => {
    await writeFile(part, 'some of it');
    throw full;
  });
  await assert.rejects(failing, full);
  const part = join(folder, 'part');
  writeFileSync(part, 'another');
  assert.equal(await takeName(part, path), false);
  assert.equal(readFileSync(path, 'utf8'), 'the beginning and the end');
  assert.equal(await takeName(part, join(folder, 'taken')), true);
  assert.equal(readFileSync(join(folder, 'taken'), 'utf8'), 'another');
  await assert.rejects(takeName(part, join(folder, 'nothing-to-name')));
  assert.deepEqual(readdirSync(folder).sort(), ['at-once', 'taken']);
});
