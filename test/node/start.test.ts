import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { createTestDatabase } from '../harness/postgres.ts';
import { runStart, startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-start-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const fresh = (): string => join(folder, `data-${++count}`);

async function post(address: string, operation: string, input: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie };
  return fetch(`${address}/api/${operation}`, { method: 'POST', headers, body: JSON.stringify(input) });
}

interface Me {
  readonly acting: { readonly name: string };
}

const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

test('it starts on nothing, keeps everything to its owner, and leaves nothing behind when stopped', async () => {
  const data = fresh();
  const node = await startNodeProcess(data);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const name of ['beat', 'node.key', 'parley.sock', 'parley.sqlite']) {
    assert.equal(statSync(join(data, name)).mode & 0o077, 0, name);
  }
  assert.equal(statSync(join(data, 'node.key')).size, 32);
  assert.equal((await fetch(`${node.address}/api`)).status, 200);
  const left = await node.end('SIGTERM');
  assert.deepEqual([left.code, left.error], [0, '']);
  assert.deepEqual(readdirSync(data).sort(), [
    'beat',
    'node.key',
    'parley.sqlite',
    'parley.sqlite-sums',
    'scratch',
  ]);
});

for (const engine of ['sqlite', ...(process.env.PARLEY_TEST_POSTGRES ? ['postgresql'] : [])]) {
  test(`${engine}: a killed node loses nothing that it acknowledged, and starts again by itself`, async () => {
    const database = engine === 'sqlite' ? undefined : await createTestDatabase();
    const env = database ? { DATABASE_URL: database.url } : {};
    const data = fresh();
    const first = await startNodeProcess(data, { env });
    const claimed = await post(first.address, 'claim-node', { token: first.token });
    const made = await post(
      first.address,
      'create-party',
      { name: 'Ada', passphrase: 'correct horse battery' },
      cookieOf(claimed),
    );
    const cookie = cookieOf(made);
    let acknowledged = '';
    const rename = async (): Promise<void> => {
      for (let round = 1; ; round++) {
        const answer = await post(first.address, 'rename-party', { name: `Ada ${round}` }, cookie);
        if (answer.ok) acknowledged = `Ada ${round}`;
      }
    };
    const renaming = rename().catch(() => {}); // the connection breaks with the node
    await new Promise((resolve) => setTimeout(resolve, 400));
    await first.end('SIGKILL');
    await renaming;
    assert.match(acknowledged, /^Ada \d+$/);
    assert(
      existsSync(join(data, 'lock')) && existsSync(join(data, 'parley.sock')),
      'it had no time to tidy up',
    );
    const second = await startNodeProcess(data, { env });
    const me = (await (await post(second.address, 'who-am-i', {}, cookie)).json()) as Me; // its output schema
    const [kept, last] = [me.acting.name, acknowledged].map((name) => Number(name.split(' ')[1]));
    assert(kept === last || kept === (last ?? 0) + 1, `${kept} is kept, ${last} was acknowledged last`);
    assert.equal((await post(second.address, 'claim-node', { token: first.token })).status, 401);
    await second.end('SIGINT');
    await database?.drop();
  });
}

test('one folder is one node: a second start says whose it is and changes nothing', async () => {
  const data = fresh();
  const node = await startNodeProcess(data);
  const second = await runStart(['--data', data, '--port', '0']);
  assert.equal(second.code, 1);
  assert.match(second.error, new RegExp(`process ${node.pid}\\b.*--data`));
  assert.equal((await fetch(`${node.address}/api`)).status, 200);
  await node.end('SIGTERM');
});

test('a lock whose process number now belongs to another program is seen through', async () => {
  const data = fresh();
  await (await startNodeProcess(data)).end('SIGTERM');
  mkdirSync(join(data, 'lock'));
  writeFileSync(join(data, 'lock', `${process.pid}-12345-00000000`), '');
  await (await startNodeProcess(data)).end('SIGTERM');
});

test('a taken port ends the start with its number and a way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const data = fresh();
  const start = await runStart(['--data', data, '--port', String(port)]);
  other.close();
  assert.equal(start.code, 1);
  assert.match(start.error, new RegExp(`Port ${port} is taken.*--port ${(port ?? 0) + 1}`));
  assert(!existsSync(join(data, 'lock')), 'the folder is free again');
});

test('what cannot be meant is answered with usage, and nothing is made', async () => {
  for (const args of [['--prot', '1'], ['--port', '70000'], ['extra']]) {
    const start = await runStart(args);
    assert.deepEqual([start.code, start.out], [2, ''], args.join(' '));
    assert.match(start.error, /--help/);
  }
  const help = await runStart(['--help']);
  assert.equal(help.code, 0);
  for (const word of ['--port', '--data', '--lan', 'DATABASE_URL']) assert(help.out.includes(word), word);
});

test('a folder with other things in it is left alone', async () => {
  const data = fresh();
  mkdirSync(data);
  chmodSync(data, 0o755);
  writeFileSync(join(data, 'letter.txt'), 'mine');
  const start = await runStart(['--data', data, '--port', '0']);
  assert.equal(start.code, 1);
  assert.match(start.error, /other files/);
  assert.deepEqual([readdirSync(data), statSync(data).mode & 0o777], [['letter.txt'], 0o755]);
  writeFileSync(join(folder, 'file'), '');
  assert.equal((await runStart(['--data', join(folder, 'file'), '--port', '0'])).code, 1);
});

/** A data folder that a node has used and left. */
async function used(): Promise<string> {
  const data = fresh();
  await (await startNodeProcess(data)).end('SIGTERM');
  return data;
}

test('a database that is newer, damaged or locked ends the start with one sentence, untouched', async () => {
  const data = await used();
  const path = join(data, 'parley.sqlite');
  const file = new DatabaseSync(path);
  file.exec("insert into migrations values ('node', 999999, 'later', 0)");
  const newer = await runStart(['--data', data, '--port', '0']);
  assert.equal(newer.code, 1);
  assert.match(newer.error, /newer Parley/);
  file.exec('delete from migrations where number = 999999; begin exclusive');
  const locked = await runStart(['--data', data, '--port', '0']);
  assert.equal(locked.code, 1);
  assert.match(locked.error, /locked by another program/);
  file.exec('rollback');
  file.close();
  await (await startNodeProcess(data)).end('SIGTERM');
  writeFileSync(path, 'this was a database once, and now it is a sentence');
  const damaged = await runStart(['--data', data, '--port', '0']);
  assert.equal(damaged.code, 1);
  assert.match(damaged.error, /damaged/);
  for (const { error } of [newer, locked, damaged]) assert.equal(error.trim().split('\n').length, 1, error);
});

test('without its key, or with another, the node does not start on sealed data', async () => {
  const data = await used();
  const key = join(data, 'node.key');
  rmSync(key);
  const missing = await runStart(['--data', data, '--port', '0']);
  assert.match(missing.error, /node\.key is missing/);
  assert(!existsSync(key), 'no new key is made over old data');
  writeFileSync(key, Buffer.alloc(32, 1));
  assert.match((await runStart(['--data', data, '--port', '0'])).error, /belongs to another database/);
  writeFileSync(key, Buffer.alloc(31, 1));
  assert.match((await runStart(['--data', data, '--port', '0'])).error, /is damaged/);
});

test('a PostgreSQL that is not there is told in one sentence', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
  const start = await runStart(['--data', fresh(), '--port', '0'], { env });
  assert.deepEqual([start.code, start.out], [1, '']);
  assert.match(start.error, /cannot be reached/);
});
