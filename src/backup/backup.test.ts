import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { restoreNode } from '../node/index.ts';
import { lockFolder } from '../node/lock.ts';
import {
  BACKUP_PASSPHRASE,
  backUpQuickly,
  changedCopy,
  contentsOf,
  openOn,
  recipientOf,
  replaced,
  sealOther,
} from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
const ada = { as: 'ada' };
const GONE = 'a-value-that-was-taken-away@example.org';
const KEPT = 'a name that stays as it is';
let node: TestNode;
let file: string;
before(async () => {
  node = await startTestNode({ seed: 'backup' });
  await node.party('ada');
  await node.done('rename-party', { name: KEPT }, ada);
  file = await backUpQuickly(node.deps, join(folder, 'whole.age'));
});
after(async () => {
  await node.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
const fresh = (): string => join(folder, `data-${++count}`);
const restore = (path: string, data: string, passphrase = BACKUP_PASSPHRASE, keyFile?: string) =>
  restoreNode({ file: path, opener: { passphrase }, data, keyFile });

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(1);
}

test('other programs open it: the age library and tar, and SQLite finds every row', async () => {
  const tar = join(folder, 'contents.tar');
  writeFileSync(tar, await contentsOf(file));
  const names = execFileSync('tar', ['tf', tar], { encoding: 'utf8' });
  assert.deepEqual(names.trim().split('\n'), ['backup.json', 'node.key', 'parley.sqlite']);
  const by = join(folder, 'by-tar');
  mkdirSync(by);
  execFileSync('tar', ['xf', tar, '-C', by]);
  const { database } = JSON.parse(readFileSync(join(by, 'backup.json'), 'utf8'));
  const octets = readFileSync(join(by, 'parley.sqlite'));
  assert.deepEqual(database, {
    bytes: octets.length,
    sha256: createHash('sha256').update(octets).digest('hex'),
  });
  assert.deepEqual(readFileSync(join(by, 'node.key')), Buffer.from(node.deps.nodeKey));
  assert.deepEqual(rowsOf(join(by, 'parley.sqlite')), rowsOf(join(node.data, 'parley.sqlite')));
});

test('what is restored is the same, for its owner only, and nothing else lies in the folder', async () => {
  const data = fresh();
  const restored = await restore(file, data);
  assert(restored.ok, JSON.stringify(restored));
  assert.deepEqual(readdirSync(data).sort(), ['node.key', 'parley.sqlite', 'parley.sqlite-sums']);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const name of readdirSync(data)) assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name);
  const path = join(data, 'parley.sqlite');
  assert.match(JSON.stringify(rowsOf(path)), /restored-from/);
  assert.deepEqual(rowsOf(path, " and name <> 'restored-from'"), rowsOf(join(node.data, 'parley.sqlite')));
  const sums = readFileSync(join(data, 'parley.sqlite-sums'));
  const octets = readFileSync(path);
  octets[octets.length - 700] = (octets[octets.length - 700] ?? 0) ^ 1;
  writeFileSync(path, octets);
  assert(sums.length > 0);
  const started = await openOn(node, data);
  assert(!started.ok && started.code === 'database-altered', 'what flips before the first start is noticed');
});

test('a wrong passphrase, and a flipped octet at 50 places, are refused; the place is named and nothing stays', async () => {
  const octets = readFileSync(file);
  const random = seededRandom('fifty flips');
  const start = octets.indexOf('\n', octets.indexOf('\n--- ') + 1) + 1;
  const wrong = await restore(file, fresh(), 'another passphrase');
  assert(!wrong.ok && wrong.code === 'backup-locked');
  const places = new Set<string>();
  const offsets = [
    ...Array.from({ length: 46 }, () => random.below(octets.length)),
    0,
    40,
    start,
    octets.length - 1,
  ];
  for (const at of offsets) {
    const harmed = changedCopy(
      join(folder, 'flipped'),
      (copy) => {
        copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
        return copy;
      },
      octets,
    );
    const data = fresh();
    const refused = await restore(harmed, data);
    assert(!refused.ok, `a flip at ${at} was not found`);
    assert(!existsSync(data), `${at} left ${existsSync(data) && readdirSync(data)}`);
    const [, first, last] = /bytes (\d+)-(\d+)/.exec(refused.message) ?? [];
    places.add(refused.code);
    if (at < start) assert.match(refused.code, /^backup-(locked|damaged)$/);
    else assert(Number(first) <= at && at <= Number(last), `${at}: ${refused.message}`);
  }
  assert.deepEqual([...places].sort(), ['backup-damaged', 'backup-locked']);
});

test('a backup that is cut off, goes on, or is something else is refused, also into a folder that was there', async () => {
  const octets = readFileSync(file);
  const contents = await contentsOf(file);
  const cuts = [0, 10, 200, 70_000, octets.length - 16, octets.length - 1];
  const wrong = [
    ...cuts.map((length) =>
      changedCopy(join(folder, `cut-${length}`), (it) => it.subarray(0, length), octets),
    ),
    changedCopy(join(folder, 'longer'), (it) => Buffer.concat([it, Buffer.alloc(1)]), octets),
    await sealOther(folder, 'empty', new Uint8Array()),
    await sealOther(folder, 'text', Buffer.from('a letter\n'.repeat(200))),
    await sealOther(folder, 'short', contents.subarray(0, contents.length - 512)),
    await sealOther(folder, 'long', Buffer.concat([contents, Buffer.alloc(512)])),
    await sealOther(folder, 'other-row', replaced(contents, KEPT, KEPT.toUpperCase())),
    await sealOther(folder, 'other-name', replaced(contents, 'node.key', '../x.key')),
    await sealOther(folder, 'newer', replaced(contents, '"v":1', '"v":2')),
  ];
  const data = fresh();
  mkdirSync(data);
  const codes = new Set<string>();
  for (const path of wrong) {
    const refused = await restore(path, data);
    assert(!refused.ok, `${path} was restored`);
    codes.add(refused.code);
    assert.deepEqual(readdirSync(data), [], path);
  }
  assert.deepEqual([...codes].sort(), ['backup-damaged', 'backup-foreign', 'backup-newer']);
});

test('a folder with anything in it is left as it is, and one in which a restore was cut off is not started', async () => {
  const data = fresh();
  mkdirSync(data);
  writeFileSync(join(data, 'letter.txt'), 'mine');
  const refused = await restore(file, data);
  assert(!refused.ok && refused.code === 'data-folder-taken');
  assert.deepEqual(readdirSync(data), ['letter.txt']);
  const cut = fresh();
  mkdirSync(join(cut, 'restore.part'), { recursive: true });
  writeFileSync(join(cut, 'restore.part', 'parley.sqlite'), 'the beginning of it');
  writeFileSync(join(cut, 'parley.sqlite-sums'), 'moved already');
  writeFileSync(join(cut, 'node.key.part'), 'x');
  const started = await openOn(node, cut);
  assert(!started.ok && started.code === 'data-folder-unfinished');
  const lock = lockFolder(cut);
  assert(typeof lock === 'object');
  const early = await openOn(node, cut);
  assert(!early.ok && early.code === 'data-folder-in-use', 'it may be going on');
  lock.release();
  assert((await restore(file, cut)).ok, 'it can be done again');
  assert.deepEqual(readdirSync(cut).sort(), ['node.key', 'parley.sqlite', 'parley.sqlite-sums']);
});

test('what was taken away for good is not in a backup, though the file of the database still has its octets', async () => {
  const { id } = await node.done<{ id: string }>('create-token', { label: GONE, scopes: ['reads'] }, ada);
  const earlier = await contentsOf(await backUpQuickly(node.deps, join(folder, 'earlier.age')));
  assert(earlier.includes(GONE));
  await node.done('revoke-token', { id }, ada);
  const later = await contentsOf(await backUpQuickly(node.deps, join(folder, 'later.age')));
  assert(!later.includes(GONE) && later.includes(KEPT));
  const here = ['', '-wal'].map((end) => readFileSync(join(node.data, `parley.sqlite${end}`)));
  assert(Buffer.concat(here).includes(GONE), 'which would not be worth testing otherwise');
});

test('one is made at a time, it needs one lock, and nothing stays behind', async () => {
  const by = 'operator';
  for (const input of [{}, { passphrase: 'long enough', recipient: await recipientOf() }])
    assert.equal((await node.refused('back-up-node', input, by)).code, 'backup-lock-needed');
  const both = await Promise.allSettled([
    backUpQuickly(node.deps, join(folder, 'one')),
    backUpQuickly(node.deps, join(folder, 'two')),
  ]);
  assert.deepEqual(both.map((it) => it.status).sort(), ['fulfilled', 'rejected']);
  assert.match(String(both.find((it) => it.status === 'rejected')?.reason), /backup-running/);
  assert.deepEqual(readdirSync(node.deps.scratch), ['moves']);
});

test('a node that stops breaks a backup off while the database is copied', async () => {
  const making = backUpQuickly(node.deps, join(folder, 'stopped'));
  await until(() => readdirSync(node.deps.scratch).some((name) => name.endsWith('.sqlite')));
  await node.deps.jobs.stop();
  await assert.rejects(making, /backup-stopped/);
  assert.deepEqual(readdirSync(node.deps.scratch), ['moves']);
});

/** Every row of every table; of the node's own values those that are wanted, and not the beat, which goes on after a backup. */
function rowsOf(path: string, wanted = ''): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all();
  const rows = tables.map(({ name }) => {
    const which = name === 'node_values' ? ` where name <> 'beat'${wanted}` : '';
    const found = database.prepare(`select * from "${name}"${which}`).all();
    return [name, found.map((row) => JSON.stringify(row)).sort()];
  });
  database.close();
  return rows;
}
