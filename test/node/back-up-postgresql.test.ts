import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { createTestDatabase } from '../harness/postgres.ts';
import { runCommandLine, startNodeProcess } from '../harness/program.ts';
import { findProgram } from '../harness/programs.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'how-to', 'back-up.md');
const folder = mkdtempSync(join(tmpdir(), 'parley-back-up-pg-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of the page, with the names that stand for somebody's own in the place of the page's. */
function commands(names: Readonly<Record<string, string>>): readonly [backUp: string, restore: string] {
  const blocks = readFileSync(PAGE, 'utf8').matchAll(/^```bash\n(.*?)^```/gms);
  const [backUp = '', restore = ''] = [...blocks].map(([, text = '']) =>
    Object.entries(names).reduce((said, [theirs, ours]) => said.replaceAll(theirs, ours), text),
  );
  assert(backUp.includes('pg_dump') && restore.includes('pg_restore'));
  return [backUp, restore];
}

/** As the page says it: a service file names the database. */
function serviceOf(url: string, name: string): NodeJS.ProcessEnv {
  const { hostname, port, username, pathname } = new URL(url);
  const path = join(folder, `${name}.conf`);
  const lines = [`host=${hostname}`, `port=${port}`, `user=${username}`, `dbname=${pathname.slice(1)}`];
  writeFileSync(path, `[parley]\n${lines.join('\n')}\n`, { mode: 0o600 });
  return { ...process.env, PGSERVICEFILE: path };
}

function bash(script: string, env: NodeJS.ProcessEnv): number | null {
  return spawnSync('bash', ['-c', script], { env, stdio: ['ignore', 'ignore', 'ignore'] }).status;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function tablesOf(url: string): Promise<string[]> {
  const rows = await query(url, `select tablename from pg_tables where schemaname = 'public' order by 1`);
  return rows.map((row) => String(row.tablename));
}

/** Every row of every table. */
async function rowsOf(url: string): Promise<unknown> {
  const found: unknown[] = [];
  for (const table of await tablesOf(url)) {
    const rows = await query(url, `select t::text as row from "${table}" t order by 1`);
    found.push([table, rows.map((it) => it.row)]);
  }
  return found;
}

if (process.env.PARLEY_TEST_POSTGRES) {
  test('the commands of the page back up PostgreSQL and restore it, and what was cut passes for whole with neither', async () => {
    const [database, other] = [await createTestDatabase(), await createTestDatabase()];
    assert(database && other);
    const [data, backups] = [join(folder, 'data'), join(folder, 'backups')];
    mkdirSync(backups);
    const on = (url: string) => ({ env: { DATABASE_URL: url } });
    const make = ['create-party', '--name', 'Ada', '--passphrase', 'correct horse battery', '--data', data];
    assert.equal((await runCommandLine(make, on(database.url))).code, 0);
    await query(
      database.url,
      `insert into node_values select 'node', 'noise/' || i, md5(i::text) || md5((-i)::text) from generate_series(1, 20000) i`,
    );
    await query(
      database.url,
      `insert into sessions values ('node', 'a browser', 'ada', 'label', null, 0, 0, 9000000000000),
        ('node', 'a program', 'ada', 'label', 'reads', 0, 0, 9000000000000)`,
    );
    const identity = await generateIdentity();
    const [keyFile, cut] = [join(folder, 'age.key'), join(folder, 'cut.dump.age')];
    writeFileSync(keyFile, `${identity}\n`);
    const names = {
      '/backups': backups,
      'age1…': await identityToRecipient(identity),
      ' age.key': ` ${keyFile}`,
    };
    const [backUp] = commands(names);
    const from = serviceOf(database.url, 'from');
    const into = serviceOf(other.url, 'into');

    const broken = { ...from, PATH: `${withBrokenDump()}:${process.env.PATH}` };
    assert.notEqual(bash(backUp, broken), 0, 'a dump that breaks off is told');
    assert.deepEqual(
      readdirSync(backups).filter((it) => !it.endsWith('.part')),
      [],
    );

    assert.equal(bash(backUp, from), 0);
    const [name, ...more] = readdirSync(backups);
    assert(name && /^parley-[-0-9]{10}\.dump\.age$/.test(name) && more.length === 0, `${name} ${more}`);
    const restore = (file: string): number | null =>
      bash(commands({ ...names, [`${backups}/parley-….dump.age`]: file })[1], into);
    const octets = readFileSync(join(backups, name));
    assert(octets.length > 3 * 64 * 1024, 'else no good part comes out before the damage');
    const flipped = Buffer.from(octets);
    flipped[octets.length - 20] = (flipped[octets.length - 20] ?? 0) ^ 1;
    for (const harmed of [octets.subarray(0, octets.length - 1), octets.subarray(0, 150_000), flipped]) {
      writeFileSync(cut, harmed);
      assert.notEqual(restore(cut), 0, 'a damaged backup is told');
      assert.deepEqual(await tablesOf(other.url), [], 'and nothing of it is put in');
    }
    assert.equal(restore(join(backups, name)), 0);
    await query(database.url, `delete from sessions where token_hash = 'a browser'`);
    assert.deepEqual(await rowsOf(other.url), await rowsOf(database.url), 'all is there, but for browsers');
    assert.notEqual(restore(join(backups, name)), 0, 'what is there already is not mixed with it');

    const again = join(folder, 'again');
    mkdirSync(again);
    copyFileSync(join(data, 'node.key'), join(again, 'node.key'));
    const node = await startNodeProcess(again, on(other.url));
    assert.match((await node.end('SIGTERM')).error, /node\.restored/, 'it notices');
    await database.drop();
    await other.drop();
  });
}

/** A folder with a pg_dump that ends in the middle, as one whose connection is lost. */
function withBrokenDump(): string {
  const [bin, whole] = [join(folder, 'bin'), findProgram('pg_dump')];
  assert(whole, 'there is a pg_dump beside the server');
  mkdirSync(bin);
  writeFileSync(join(bin, 'pg_dump'), `#!/bin/bash\n${whole} "$@" | head -c 100000\nexit 1\n`);
  chmodSync(join(bin, 'pg_dump'), 0o755);
  assert(existsSync(bin));
  return bin;
}
