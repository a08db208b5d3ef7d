import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';
import { type NodeProcess, runStart, startNodeProcess } from '../harness/program.ts';
import { engines } from '../harness/test-deps.ts';
import { browserAt, type Side } from './sides.ts';
import { limitedFiles, type SmallDisk, tinyFileSystem } from './small-disk.ts';
import { PASSPHRASE } from './telling.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-trouble-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function maya(node: NodeProcess, where: () => string): Promise<Side> {
  const side = browserAt(where);
  await side.done('claim-node', { token: node.token });
  await side.done('create-party', { name: 'Maya', passphrase: PASSPHRASE });
  return side;
}

function note(side: Side, value: string): Promise<string> {
  const put = side.call('put-item', { property: 'vcard:note', value });
  return put.then((answer) => (answer.ok ? 'done' : answer.code));
}

async function notesOf(side: Side): Promise<string[]> {
  const { rows } = await side.done<{ rows: { value: string }[] }>('list-items', { limit: 200 });
  return rows.map((it) => it.value).sort();
}

/** Fills it until a note is refused, goes on reading, is given room, goes on writing, and starts again with all of it. */
async function fillUp(disk: SmallDisk): Promise<void> {
  let node = await startNodeProcess(disk.data);
  try {
    const side = await maya(node, () => node.address);
    disk.squeeze(node.pid);
    const kept: string[] = [];
    const refused: string[] = [];
    for (let i = 100; refused.length < 5; i++) {
      const value = `${i} ${'a long note '.repeat(800)}`.trim();
      const end = await note(side, value);
      if (end === 'done') kept.push(value);
      else refused.push(end);
      assert.ok(i < 800, 'it never filled');
    }
    assert.deepEqual([...new Set(refused)], [disk.code]);
    assert.deepEqual(
      await notesOf(side),
      kept.slice(-200),
      'what was refused is not there, not even in part',
    );
    disk.relieve(node.pid);
    assert.equal(await note(side, 'and one more'), 'done');
    assert.equal((await node.end('SIGTERM')).code, 0);
    node = await startNodeProcess(disk.data);
    assert.deepEqual(await notesOf(side), [...kept, 'and one more'].slice(-200));
  } finally {
    await node.end('SIGKILL');
    disk.remove();
  }
}

test('a node whose files may grow no further says so, keeps what it has, and goes on when they may', async () => {
  await fillUp(limitedFiles(folder));
});

const tiny = tinyFileSystem(folder);
if (tiny) {
  test('a full disk is told by its code, keeps what there is, and is no end', async () => {
    await fillUp(tiny);
  });
}

test('a data folder that cannot be written to ends the start with one sentence', async () => {
  const disk = tinyFileSystem(mkdtempSync(join(folder, 'ro-')));
  disk?.setReadOnly(true);
  const start = await runStart(['--data', disk?.data ?? '/proc/parley', '--port', '0']);
  assert.deepEqual([start.code, start.out], [1, '']);
  assert.match(start.error, /^\S+ cannot be used as a data folder \([A-Z]+\)\. .*--data\.\n$/);
  disk?.remove();
});

test('sqlite: while another program holds the database, writing is refused and reading goes on', async () => {
  const data = join(folder, 'held');
  const node = await startNodeProcess(data);
  try {
    const side = await maya(node, () => node.address);
    const other = new DatabaseSync(join(data, 'parley.sqlite'));
    other.exec('begin immediate');
    let ended = false;
    const one = note(side, 'one').finally(() => {
      ended = true;
    });
    for (let i = 0; i < 20; i++) assert.deepEqual(await notesOf(side), []);
    assert.equal(ended, false, 'reads waited for the writer');
    assert.equal(await one, 'database-locked');
    const two = note(side, 'two');
    assert.deepEqual(await notesOf(side), []);
    other.exec('rollback');
    assert.equal(await two, 'done', 'a writer goes on once the other program is done');
    other.close();
    assert.equal(await note(side, 'three'), 'done');
    assert.deepEqual(await notesOf(side), ['three', 'two']);
  } finally {
    await node.end('SIGTERM');
  }
});

async function onPostgres(
  work: (node: NodeProcess, side: Side, admin: pg.Client) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase();
  assert(database);
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const node = await startNodeProcess(mkdtempSync(join(folder, 'pg-')), {
    env: { DATABASE_URL: database.url },
  });
  try {
    await work(node, await maya(node, () => node.address), admin);
  } finally {
    const left = await node.end('SIGTERM');
    await admin.end();
    await database.drop();
    // What works in the background says so when its connection was ended, and goes on.
    const beside = left.error.replaceAll(/^(?:courier|mover|timekeeper)\.stumbled\n/gm, '');
    assert.deepEqual([left.code, beside], [0, '']);
  }
}

if (engines().includes('postgresql')) {
  test('postgresql: while another program holds a table, writing is refused and goes on afterwards', async () => {
    await onPostgres(async (_node, side, admin) => {
      await admin.query('begin; lock table items in exclusive mode');
      assert.equal(await note(side, 'one'), 'database-locked');
      assert.deepEqual(await notesOf(side), []);
      await admin.query('rollback');
      assert.equal(await note(side, 'three'), 'done');
      assert.deepEqual(await notesOf(side), ['three']);
    });
  });

  test('postgresql: a database that turns read-only is told by its code, and reading goes on', async () => {
    await onPostgres(async (_node, side, admin) => {
      const name = (await admin.query('select current_database() as name')).rows[0].name;
      const turn = async (on: boolean): Promise<void> => {
        await admin.query(`alter database ${name} set default_transaction_read_only = ${on ? 'on' : 'off'}`);
        await admin.query(`set default_transaction_read_only = off`);
        await endOthers(admin);
      };
      assert.equal(await note(side, 'before'), 'done');
      await turn(true);
      await settled(side, 'database-read-only');
      assert.deepEqual(await notesOf(side), ['before']);
      await turn(false);
      await settled(side, 'done');
      assert.deepEqual(await notesOf(side), ['before', 'settled']);
    });
  });

  test('postgresql: connections that end at work cost a request each and not the node', async () => {
    await onPostgres(async (node, side, admin) => {
      let isOver = false;
      const acknowledged: string[] = [];
      const work = Promise.all(
        [1, 2, 3, 4].map(async (lane) => {
          for (let i = 1; !isOver; i++) {
            const end = await note(side, `${lane}-${i}`);
            if (end === 'done') acknowledged.push(`${lane}-${i}`);
            else assert.equal(end, 'database-unreachable');
            if (acknowledged.length > 150) isOver = true;
          }
        }),
      );
      for (let i = 0; i < 12 && !isOver; i++) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await endOthers(admin);
      }
      isOver = true;
      await work;
      await settled(side, 'done');
      const kept = new Set(await notesOf(side));
      assert.deepEqual(
        acknowledged.filter((it) => !kept.has(it)),
        [],
      );
      assert.equal((await fetch(`${node.address}/api`)).status, 200, 'it is still there');
    });
  });
}

/** Ends every other connection to this database, as a restart of the server does. */
async function endOthers(admin: pg.Client): Promise<void> {
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
}

/** Tries until it ends like this; the first tries may meet connections that have just ended. */
async function settled(side: Side, end: string): Promise<void> {
  for (let i = 0; i < 50; i++) {
    const was = await note(side, 'settled');
    if (was === end) return;
    assert.equal(was, 'database-unreachable');
  }
  assert.fail(`it never ended with ${end}`);
}

for (const engine of engines()) {
  test(`${engine}: data of a newer version is left alone`, async () => {
    const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
    const data = mkdtempSync(join(folder, 'newer-'));
    const env = database ? { DATABASE_URL: database.url } : {};
    await (await startNodeProcess(data, { env })).end('SIGTERM');
    await fromTheFuture(data, database);
    const start = await runStart(['--data', data, '--port', '0'], { env });
    assert.deepEqual([start.code, start.out], [1, '']);
    assert.match(start.error, /written by a newer Parley.*Nothing was changed.*\n$/);
    await database?.drop();
  });
}

async function fromTheFuture(data: string, database: TestDatabase | undefined): Promise<void> {
  const statement =
    "insert into migrations (home_id, number, name, applied_at) values ('node', 999999, 'later', 0)";
  if (!database) {
    const file = new DatabaseSync(join(data, 'parley.sqlite'));
    file.exec(statement);
    rmSync(join(data, 'parley.sqlite-sums')); // this change is no damage
    return file.close();
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
