import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommandLine, runStart, startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-key-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const keys = join(folder, 'keys');
mkdirSync(keys);
let count = 0;

/** A data folder that is not there yet, and a key that is not there yet, elsewhere. */
function fresh(): { data: string; key: string } {
  count++;
  return { data: join(folder, `data-${count}`), key: join(keys, `${count}.key`) };
}

test('a key that lies elsewhere is made there, for its owner only, and never in the data folder', async () => {
  const { data, key } = fresh();
  const first = await startNodeProcess(data, { args: ['--port', '0', '--key', key] });
  const left = await first.end('SIGTERM');
  assert.equal(left.code, 0);
  assert.match(left.out, /^ {2}Its key is .*\.key\.$/m);
  assert.deepEqual([statSync(key).size, statSync(key).mode & 0o777], [32, 0o600]);
  assert(!existsSync(`${key}.part`) && !existsSync(join(data, 'node.key')));
  const made = readFileSync(key);
  const second = await startNodeProcess(data, { env: { PARLEY_KEY_FILE: key } });
  await second.end('SIGTERM');
  assert.deepEqual(readFileSync(key), made);
  assert(!existsSync(join(data, 'node.key')));
});

test('without it, or with another, the node does not start, makes none, and says which file it means', async () => {
  const { data, key } = fresh();
  const where = ['--data', data, '--port', '0'];
  await (await startNodeProcess(data, { args: ['--port', '0', '--key', key] })).end('SIGTERM');
  const made = readFileSync(key);
  const beside = await runStart(where);
  assert.equal(beside.code, 1);
  assert(beside.error.includes(`${join(data, 'node.key')} is missing`), beside.error);
  assert(!existsSync(join(data, 'node.key')), 'no key is made over old data');
  for (const [content, said] of [
    [undefined, 'is missing'],
    [Buffer.alloc(32, 1), 'belongs to another database'],
    [Buffer.alloc(33, 1), 'is damaged'],
  ] as const) {
    if (content) writeFileSync(key, content);
    else rmSync(key);
    const start = await runStart([...where, '--key', key]);
    assert.equal(start.code, 1);
    assert(start.error.includes(`${key} ${said}`), start.error);
    if (!content) assert(!existsSync(key), 'no key is made over old data');
  }
  writeFileSync(key, made);
  await (await startNodeProcess(data, { args: ['--port', '0', '--key', key] })).end('SIGTERM');
});

test('a place where no key can be made ends the start with its name, and makes no folder', async () => {
  const { data } = fresh();
  const key = join(folder, 'a-stick-that-is-not-there', 'node.key');
  const start = await runStart(['--data', data, '--port', '0', '--key', key]);
  assert.equal(start.code, 1);
  assert(start.error.includes(`${key} cannot be read or made (ENOENT)`), start.error);
  assert(!existsSync(join(folder, 'a-stick-that-is-not-there')));
  assert.equal((await runStart(['--data', data, '--key='])).code, 2);
});

test('the command line that opens the folder itself needs it too, and one that asks the node does not', async () => {
  const { data, key } = fresh();
  const made = await runCommandLine([
    'create-party',
    '--name',
    'Ada',
    '--passphrase',
    'correct horse battery',
    '--data',
    data,
    '--key',
    key,
    '--json',
  ]);
  assert.equal(made.code, 0, made.error);
  assert(!existsSync(join(data, 'node.key')) && existsSync(key));
  const ask = (more: readonly string[], env = {}) =>
    runCommandLine(['who-am-i', '--json', '--data', data, ...more], { env });
  assert.equal(JSON.parse((await ask([])).out).code, 'node-key-missing');
  assert.equal((await ask(['--key', key])).code, 0);
  assert.equal((await ask([], { PARLEY_KEY_FILE: key })).code, 0);
  const node = await startNodeProcess(data, { args: ['--port', '0', '--key', key] });
  assert.equal((await ask([])).code, 0);
  await node.end('SIGTERM');
});

test('a key that lay beside the database goes on elsewhere', async () => {
  const { data, key } = fresh();
  await (await startNodeProcess(data)).end('SIGTERM');
  renameSync(join(data, 'node.key'), key);
  await (await startNodeProcess(data, { args: ['--port', '0', '--key', key] })).end('SIGTERM');
  assert(!existsSync(join(data, 'node.key')));
});
