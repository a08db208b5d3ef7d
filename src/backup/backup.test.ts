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
import { Decrypter } from 'age-encryption';
import { firstVisitor } from '../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import type { Download } from '../kernel/download.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { openNode, restoreNode } from '../node/index.ts';
import { lockFolder } from '../node/lock.ts';
import { gazetteerForTests } from '../places/testing.ts';
import { readBackup } from './read-backup.ts';
import { BACKUP_PASSPHRASE, backUpQuickly, changedCopy, sealOther } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
const ada = { as: 'ada' };
const GONE = 'a-value-that-was-taken-away@example.org';
const KEPT = 'a-value-that-stays@example.org';
let node: TestNode;
let file: string;
before(async () => {
  node = await startTestNode({ seed: 'backup' });
  await node.party('ada');
  await node.done('put-item', { property: 'schema:email', value: KEPT }, ada);
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

/** What is in a backup, as another program than ours reads it. */
async function contentsOf(path: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(BACKUP_PASSPHRASE);
  return Buffer.from(await decrypter.decrypt(readFileSync(path)));
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
  const started = await open(data);
  assert(!started.ok && started.code === 'database-altered', 'what flips before the first start is noticed');
});

test('the key is in it only when it is asked for', async () => {
  const without = await backUpQuickly(node.deps, join(folder, 'without.age'), false);
  const contents = await contentsOf(without);
  assert.equal(contents.indexOf(node.deps.nodeKey), -1);
  assert.notEqual((await contentsOf(file)).indexOf(node.deps.nodeKey), -1);
  const data = fresh();
  const restored = await restore(without, data);
  assert(restored.ok && !restored.value.hasKey);
  assert.deepEqual(readdirSync(data).sort(), ['parley.sqlite', 'parley.sqlite-sums']);
  const started = await open(data);
  assert(!started.ok && started.code === 'node-key-missing');
  const key = join(folder, 'kept.key');
  writeFileSync(key, node.deps.nodeKey);
  const again = await open(data, key);
  assert(again.ok, JSON.stringify(again));
  await again.value.close();
});

test('a key that is in it goes where --key says, and never over another one', async () => {
  const [data, key] = [fresh(), join(folder, 'put.key')];
  assert((await restore(file, data, BACKUP_PASSPHRASE, key)).ok);
  assert(!existsSync(join(data, 'node.key')));
  assert.deepEqual([readFileSync(key), statSync(key).mode & 0o777], [Buffer.from(node.deps.nodeKey), 0o600]);
  assert((await restore(file, fresh(), BACKUP_PASSPHRASE, key)).ok, 'the same one may lie there');
  writeFileSync(key, Buffer.alloc(32, 7));
  const other = fresh();
  const refused = await restore(file, other, BACKUP_PASSPHRASE, key);
  assert(!refused.ok && refused.code === 'node-key-exists');
  assert.deepEqual([readFileSync(key), existsSync(other)], [Buffer.alloc(32, 7), false]);
});

test('the key of a backup is in memory until all else is in place, and nowhere when that fails', async () => {
  const read = fresh();
  mkdirSync(read);
  const found = await readBackup(file, { passphrase: BACKUP_PASSPHRASE }, read);
  assert(found.ok);
  assert.deepEqual(found.value.key, Buffer.from(node.deps.nodeKey));
  assert.deepEqual(readdirSync(read), ['parley.sqlite'], 'the disk of the data never has it');
  const harmed = replaced(await contentsOf(file), KEPT, KEPT.toUpperCase());
  const [data, key] = [fresh(), join(folder, 'never.key')];
  const other = await sealOther(folder, 'other-key-row', harmed);
  assert(!(await restore(other, data, BACKUP_PASSPHRASE, key)).ok);
  assert.deepEqual([existsSync(data), existsSync(key)], [false, false]);
  const nowhere = join(folder, 'not-plugged-in', 'node.key');
  const refused = await restore(file, data, BACKUP_PASSPHRASE, nowhere);
  assert(!refused.ok && refused.code === 'node-key-unusable');
  assert(!existsSync(data));
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
  const started = await open(cut);
  assert(!started.ok && started.code === 'data-folder-unfinished');
  const lock = lockFolder(cut);
  assert(typeof lock === 'object');
  const early = await open(cut);
  assert(!early.ok && early.code === 'data-folder-in-use', 'it may be going on');
  lock.release();
  assert((await restore(file, cut)).ok, 'it can be done again');
  assert.deepEqual(readdirSync(cut).sort(), ['node.key', 'parley.sqlite', 'parley.sqlite-sums']);
});

test('a key that somebody has put into the folder, perhaps the only copy, outlives every restore', async () => {
  const without = await backUpQuickly(node.deps, join(folder, 'key-put.age'), false);
  const data = fresh();
  assert((await restore(without, data)).ok);
  // As a loss of power may leave it: all is in place, and the last mark still stands.
  mkdirSync(join(data, 'restore.part'));
  writeFileSync(join(data, 'node.key'), node.deps.nodeKey);
  const started = await open(data);
  assert(!started.ok && started.code === 'data-folder-unfinished');
  const theirs = (): Buffer => readFileSync(join(data, 'node.key'));
  assert(!(await restore(without, data, 'another passphrase')).ok);
  assert.deepEqual([readdirSync(data), theirs()], [['node.key'], Buffer.from(node.deps.nodeKey)]);
  assert((await restore(without, data)).ok, 'a key alone is in nobody’s way');
  assert.deepEqual(theirs(), Buffer.from(node.deps.nodeKey));
  const again = await open(data);
  assert(again.ok, JSON.stringify(again));
  await again.value.close();
  const other = fresh();
  mkdirSync(join(other, 'restore.part'), { recursive: true });
  writeFileSync(join(other, 'node.key'), Buffer.alloc(32, 7));
  const refused = await restore(file, other);
  assert(!refused.ok && refused.code === 'node-key-exists');
  assert.deepEqual(
    [readdirSync(other), readFileSync(join(other, 'node.key'))],
    [['node.key'], Buffer.alloc(32, 7)],
  );
});

test('what was taken away for good is not in a backup, though the file of the database still has its octets', async () => {
  const { id } = await node.done<{ id: string }>('put-item', { property: 'schema:email', value: GONE }, ada);
  const earlier = await contentsOf(await backUpQuickly(node.deps, join(folder, 'earlier.age')));
  assert(earlier.includes(GONE));
  await node.done('remove-item', { id }, ada);
  await node.done('empty-trash', {}, ada);
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

test('a session of the operator is not enough to take the key; without it the backup comes', async () => {
  const browser = await firstVisitor(node, 'Olga');
  const recipient = await recipientOf();
  const refused = await browser.post('back-up-node', { recipient, withKey: true });
  assert.deepEqual([refused.status, refused.json.code], [403, 'machine-needed']);
  assert.deepEqual(readdirSync(node.deps.scratch), ['moves']);
  assert.equal((await browser.post('back-up-node', { recipient })).status, 200);
  const atMachine = await node.done<Download>('back-up-node', { recipient, withKey: true }, 'operator');
  await atMachine.remove();
});

async function recipientOf(): Promise<string> {
  const { generateIdentity, identityToRecipient } = await import('age-encryption');
  return identityToRecipient(await generateIdentity());
}

function replaced(contents: Buffer, what: string, by: string): Buffer {
  const at = contents.indexOf(what);
  assert(at >= 0 && what.length === by.length);
  const copy = Buffer.from(contents);
  copy.write(by, at, 'latin1');
  return copy;
}

function open(data: string, keyFile?: string) {
  return openNode({
    ...{ data, keyFile, clock: node.deps.clock, random: node.deps.random, log: () => {} },
    ...{ gazetteer: gazetteerForTests(), wayOut: node.deps.wayOut },
  });
}

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
