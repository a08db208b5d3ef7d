import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { copyDatabase } from './copy-database.ts';

const MEGABYTES = 160;
const folder = mkdtempSync(join(tmpdir(), 'parley-copy-'));
const from = join(folder, 'from.sqlite');
const scratch = join(folder, 'scratch-');
before(() => {
  const database = new DatabaseSync(from);
  database.exec(`pragma synchronous = off; create table t (x blob);
    insert into t with recursive n (i) as (select 1 union all select i + 1 from n where i < ${MEGABYTES})
      select randomblob(1048576) from n;`);
  database.close();
});
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const fresh = (): string => join(mkdtempSync(scratch), `${++count}.sqlite`);
const leftOf = (path: string): string[] => readdirSync(join(path, '..'));

/** Resolves once a part of the copy is there, and not all of it. */
async function begun(path: string): Promise<void> {
  while (!existsSync(path) || statSync(path).size < 2 ** 20) await setTimeout(1);
  assert(statSync(path).size < MEGABYTES * 2 ** 20, 'it is under way');
}

test('a copy that is broken off ends at once, and nothing of it stays', async () => {
  const [to, stopping, why] = [fresh(), new AbortController(), new Error('enough')];
  const copying = copyDatabase(from, to, stopping.signal);
  await begun(to);
  const began = performance.now();
  stopping.abort(why);
  await assert.rejects(copying, why);
  const ms = performance.now() - began;
  assert(ms < 300, `it took ${ms} ms`);
  assert.deepEqual(leftOf(to), []);
  await copyDatabase(from, to, new AbortController().signal);
  assert.deepEqual(leftOf(to), ['1.sqlite']);
  assert(statSync(to).size > MEGABYTES * 2 ** 20);
});

/** Another process that copies, and that process's end. */
async function copyElsewhere(to: string, then: string): Promise<ReturnType<typeof spawn>> {
  const script = `
    import { copyDatabase } from ${JSON.stringify(join(import.meta.dirname, 'copy-database.ts'))};
    process.stdin.once('data', () => ${then});
    await copyDatabase(${JSON.stringify(from)}, ${JSON.stringify(to)}, new AbortController().signal);`;
  const args = ['--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  await begun(to);
  return child;
}

test('a process that exits without waiting takes the copy along', async () => {
  const to = fresh();
  const child = await copyElsewhere(to, 'process.exit(1)');
  child.stdin?.end('now');
  await once(child, 'exit');
  assert.deepEqual(leftOf(to), []);
});

test('of a process that is killed the copy goes when it is whole', async () => {
  const to = fresh();
  const child = await copyElsewhere(to, '{}');
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (let tries = 0; leftOf(to).length > 0; tries++) {
    assert(tries < 600, 'it still lies there after a minute');
    await setTimeout(100);
  }
});
