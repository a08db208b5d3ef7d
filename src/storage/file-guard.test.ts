import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { type SeededRandom, seededRandom } from '../kernel/seeded-random.ts';
import { databaseProblem, type Storage, sqliteStorage } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-guard-'));
after(() => rmSync(folder, { recursive: true }));

const ENDS = ['', '-wal', '-shm', '-sums'] as const;
const NOTICED = ['database-altered', 'database-log-damaged', 'database-damaged'];
let made = 0;

function fresh(): string {
  return join(mkdtempSync(join(folder, `${made++}-`)), 'a.sqlite');
}

/** What is on the disk at this moment, as it is found when the process is killed. */
function copyOf(path: string): string {
  const to = fresh();
  for (const end of ENDS) if (existsSync(`${path}${end}`)) copyFileSync(`${path}${end}`, `${to}${end}`);
  return to;
}

async function say(storage: Storage, words: readonly string[]): Promise<void> {
  await storage.transact('h', async (tx) => {
    await sql`create table if not exists t (n integer primary key, words text)`.execute(tx.db);
    for (const it of words) await sql`insert into t (words) values (${it})`.execute(tx.db);
  });
}

async function said(storage: Storage): Promise<string[]> {
  return storage.read(async (view) => {
    const { rows } = await sql<{ words: string }>`select words from t order by n`.execute(view.db);
    return rows.map((it) => it.words);
  });
}

/** What is there, or the code with which it is refused. */
async function found(path: string): Promise<string[] | string> {
  let storage: Storage | undefined;
  try {
    storage = sqliteStorage(path);
    return await said(storage);
  } catch (error) {
    const problem = databaseProblem(error);
    if (!problem) throw error;
    return problem.code;
  } finally {
    await storage?.close();
  }
}

function flip(path: string, random: SeededRandom): string {
  const ends = ENDS.filter((end) => existsSync(`${path}${end}`));
  const end = random.pick(ends);
  const octets = readFileSync(`${path}${end}`);
  if (octets.length === 0) return `${end} 0`;
  const at = random.below(octets.length);
  octets[at] = (octets[at] ?? 0) ^ (1 << random.below(8));
  writeFileSync(`${path}${end}`, octets);
  return `${end} ${at}`;
}

/** Closed, killed early, killed after the log was moved into the file, killed after it was begun anew, and closed later. */
async function states(): Promise<{ path: string; words: string[] }[]> {
  const path = fresh();
  const words: string[] = [];
  const more = async (storage: Storage, count: number, length: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const some = [`${words.length} ${'word '.repeat(length)}`];
      words.push(...some);
      await say(storage, some);
    }
  };
  const all: { path: string; words: string[] }[] = [];
  const keep = (): unknown => all.push({ path: copyOf(path), words: [...words] });
  let storage = sqliteStorage(path);
  await more(storage, 20, 50);
  keep();
  await storage.close();
  keep();
  storage = sqliteStorage(path);
  await more(storage, 5, 180_000); // 1,000 pages fill the log
  keep();
  await more(storage, 5, 10);
  keep();
  await storage.close();
  keep();
  return all;
}

test('whatever bit of the files is flipped, the database is refused or whole', async () => {
  const random = seededRandom('flips');
  const all = await states();
  const ends = new Map<string, number>();
  for (const { path, words } of all) {
    assert.deepEqual(await found(copyOf(path)), words, 'unharmed, it opens');
    for (let i = 0; i < 20; i++) {
      const copy = copyOf(path);
      const where = flip(copy, random);
      const end = await found(copy);
      if (typeof end === 'string') assert.ok(NOTICED.includes(end), `${where}: ${end}`);
      else assert.deepEqual(end, words, where);
      const kind = typeof end === 'string' ? end : 'whole';
      ends.set(kind, (ends.get(kind) ?? 0) + 1);
      rmSync(join(copy, '..'), { recursive: true });
    }
  }
  for (const kind of ['database-altered', 'database-log-damaged', 'whole'])
    assert.ok((ends.get(kind) ?? 0) > 5, kind);
});

test('every octet of a log counts, the last commit too', async () => {
  const path = fresh();
  const storage = sqliteStorage(path);
  await say(storage, ['one']);
  await say(storage, ['two']);
  const killed = copyOf(path);
  await storage.close();
  const log = readFileSync(`${killed}-wal`);
  for (let at = 0; at < log.length; at += 61) {
    const copy = copyOf(killed);
    writeFileSync(
      `${copy}-wal`,
      log.map((octet, i) => (i === at ? octet ^ 4 : octet)),
    );
    assert.equal(await found(copy), 'database-log-damaged', `${at}`);
  }
});

test('without a log that was damaged, a database goes on from before it', async () => {
  const path = fresh();
  for (const words of ['one', 'two']) {
    const storage = sqliteStorage(path);
    await say(storage, [words]);
    if (words === 'one') await storage.close();
    else {
      const killed = copyOf(path);
      await storage.close();
      const log = readFileSync(`${killed}-wal`);
      writeFileSync(`${killed}-wal`, log.fill(7, 100, 101));
      assert.equal(await found(killed), 'database-log-damaged');
      rmSync(`${killed}-wal`);
      assert.deepEqual(await found(killed), ['one']);
      assert.deepEqual(await found(killed), ['one']);
    }
  }
});

test('a commit that the power cut short is no damage, wherever it was cut', async () => {
  const path = fresh();
  const storage = sqliteStorage(path);
  await say(storage, ['one']);
  const before = readFileSync(`${path}-wal`).length;
  await say(storage, ['two '.repeat(4_000)]);
  const killed = copyOf(path);
  await storage.close();
  const log = readFileSync(`${killed}-wal`);
  for (let at = before; at < log.length; at += 509) {
    const copy = copyOf(killed);
    rmSync(`${copy}-shm`); // it is memory, and gone with the power
    writeFileSync(`${copy}-wal`, log.fill(0xa5, at, Math.min(log.length, at + 512)));
    assert.deepEqual(await found(copy), ['one'], `${at}`);
    log.set(readFileSync(`${killed}-wal`));
  }
});

test('a backup of the file alone is taken, sums or not; a change by another program is not', async () => {
  const path = fresh();
  for (const words of ['one', 'two']) {
    const storage = sqliteStorage(path);
    await say(storage, [words]);
    await storage.close();
    if (words === 'one') copyFileSync(path, `${path}.backup`);
  }
  const other = copyOf(path);
  copyFileSync(`${path}.backup`, path);
  assert.deepEqual(await found(path), ['one']);
  const program = new DatabaseSync(other);
  program.exec("update t set words = 'other'");
  program.close();
  assert.equal(await found(other), 'database-altered');
  rmSync(`${other}-sums`);
  assert.deepEqual(await found(other), ['other', 'other']);
});

test('a copy that comes back alone after a crash is taken, whenever it was made', async () => {
  const path = fresh();
  const first = sqliteStorage(path);
  await say(first, ['one']);
  await first.close();
  const atRest = fresh();
  copyFileSync(path, atRest);
  const second = sqliteStorage(path);
  await say(second, ['two '.repeat(1_500_000)]); // enough for the log to be moved into the file
  await say(second, ['three']);
  const live = new DatabaseSync(path, { readOnly: true });
  const online = join(fresh(), '..', 'online');
  live.exec(`vacuum into '${online}'`);
  live.close();
  await say(second, ['four '.repeat(1_500_000), 'five']);
  await say(second, ['six']);
  const killed = copyOf(path);
  await second.close();
  assert.equal((await found(copyOf(killed))).length, 6, 'with its log it is whole');
  for (const [copy, count] of [
    [atRest, 1],
    [online, 3],
  ] as const) {
    const back = copyOf(killed);
    for (const end of ['-wal', '-shm']) rmSync(`${back}${end}`);
    copyFileSync(copy, back);
    const words = await found(back);
    assert.equal(Array.isArray(words) && words.length, count);
  }
});

test('a database that rested, its log moved and cut, opens again, whether it was closed or killed after', async () => {
  const path = fresh();
  const first = sqliteStorage(path);
  await say(first, ['one']);
  await first.close();
  const second = sqliteStorage(path);
  await say(second, ['two']);
  second.rest();
  assert.equal(readFileSync(`${path}-wal`).length, 0, 'the log is cut');
  const killedAtRest = copyOf(path);
  await say(second, ['three']);
  const killedLater = copyOf(path);
  second.rest();
  await second.close();
  assert.deepEqual(await found(killedAtRest), ['one', 'two']);
  assert.deepEqual(await found(killedLater), ['one', 'two', 'three']);
  assert.deepEqual(await found(path), ['one', 'two', 'three']);
});

const FULL = '/dev/full';
const needsFull = { skip: existsSync(FULL) ? false : 'a file that is always full is there on Linux only' };

test('sums that there was no room for are there again as soon as there is', needsFull, async () => {
  const path = fresh();
  const storage = sqliteStorage(path);
  const more = async (count: number, length: number): Promise<void> => {
    for (let i = 0; i < count; i++) await say(storage, ['word '.repeat(length)]);
  };
  await more(5, 1_000_000); // each fills the log
  rmSync(`${path}-sums`);
  for (const end of ['', '.part']) symlinkSync(FULL, `${path}-sums${end}`);
  await more(5, 1_000_000);
  assert.ok(!existsSync(`${path}-sums`), 'no sums are better than old ones');
  rmSync(`${path}-sums.part`);
  await more(8, 1);
  const copy = copyOf(path);
  await storage.close();
  const octets = readFileSync(copy);
  const at = octets.length - 5_000;
  octets[at] = (octets[at] ?? 0) ^ 1;
  writeFileSync(copy, octets);
  assert.equal(await found(copy), 'database-altered');
});
