import assert from 'node:assert/strict';
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
import { after, before, test } from 'node:test';
import { firstVisitor } from '../../test/harness/http-client.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import type { FileDownload } from '../kernel/download.ts';
import { restoreNode } from '../node/index.ts';
import { readBackup } from './read-backup.ts';
import {
  BACKUP_PASSPHRASE,
  backUpQuickly,
  contentsOf,
  openOn,
  recipientOf,
  replaced,
  sealOther,
} from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-backup-key-'));
const KEPT = 'a name that stays as it is';
let node: TestNode;
let file: string;
before(async () => {
  node = await startTestNode({ seed: 'backup and key' });
  await node.party('ada');
  await node.done('rename-party', { name: KEPT }, { as: 'ada' });
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

test('the key is in it only when it is asked for', async () => {
  const without = await backUpQuickly(node.deps, join(folder, 'without.age'), false);
  const contents = await contentsOf(without);
  assert.equal(contents.indexOf(node.deps.nodeKey), -1);
  assert.notEqual((await contentsOf(file)).indexOf(node.deps.nodeKey), -1);
  const data = fresh();
  const restored = await restore(without, data);
  assert(restored.ok && !restored.value.hasKey);
  assert.deepEqual(readdirSync(data).sort(), ['parley.sqlite', 'parley.sqlite-sums']);
  const started = await openOn(node, data);
  assert(!started.ok && started.code === 'node-key-missing');
  const key = join(folder, 'kept.key');
  writeFileSync(key, node.deps.nodeKey);
  const again = await openOn(node, data, key);
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

test('a key that somebody has put into the folder, perhaps the only copy, outlives every restore', async () => {
  const without = await backUpQuickly(node.deps, join(folder, 'key-put.age'), false);
  const data = fresh();
  assert((await restore(without, data)).ok);
  // As a loss of power may leave it: all is in place, and the last mark still stands.
  mkdirSync(join(data, 'restore.part'));
  writeFileSync(join(data, 'node.key'), node.deps.nodeKey);
  const started = await openOn(node, data);
  assert(!started.ok && started.code === 'data-folder-unfinished');
  const theirs = (): Buffer => readFileSync(join(data, 'node.key'));
  assert(!(await restore(without, data, 'another passphrase')).ok);
  assert.deepEqual([readdirSync(data), theirs()], [['node.key'], Buffer.from(node.deps.nodeKey)]);
  assert((await restore(without, data)).ok, 'a key alone is in nobody’s way');
  assert.deepEqual(theirs(), Buffer.from(node.deps.nodeKey));
  const again = await openOn(node, data);
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

test('a session of the operator is not enough to take the key; without it the backup comes', async () => {
  const browser = await firstVisitor(node, 'Olga');
  const recipient = await recipientOf();
  const refused = await browser.post('back-up-node', { recipient, withKey: true });
  assert.deepEqual([refused.status, refused.json.code], [403, 'machine-needed']);
  assert.deepEqual(readdirSync(node.deps.scratch), ['moves']);
  assert.equal((await browser.post('back-up-node', { recipient })).status, 200);
  const atMachine = await node.done<FileDownload>('back-up-node', { recipient, withKey: true }, 'operator');
  await atMachine.remove();
});
