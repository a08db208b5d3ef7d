import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BACKUP_PASSPHRASE, backUpQuickly } from '../../src/backup/testing.ts';
import { openNode, restoreNode } from '../../src/node/index.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';

const PROGRAM = fileURLToPath(new URL('./restore-until.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parley-restore-killed-'));
let node: TestNode;
let file: string;
before(async () => {
  node = await startTestNode({ seed: 'killed while restoring' });
  await node.party('ada');
  file = await backUpQuickly(node.deps, join(folder, 'backup.age'));
});
after(async () => {
  await node.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every file under a folder, with its octets. */
function filesIn(data: string): [string, Buffer][] {
  if (!existsSync(data)) return [];
  const names = readdirSync(data, { recursive: true }).map(String);
  return names
    .filter((it) => statSync(join(data, it)).isFile())
    .map((it) => [it, readFileSync(join(data, it))]);
}

const open = (data: string, keyFile: string) =>
  openNode({
    ...{ data, keyFile, clock: node.deps.clock, random: node.deps.random, log: () => {} },
    ...{ gazetteer: gazetteerForTests(), wayOut: node.deps.wayOut },
  });

/** It is not begun, is told, or is whole: never is half of it taken for a node. */
async function standsAs(data: string, keyFile: string): Promise<'begun' | 'cut' | 'whole'> {
  const names = filesIn(data).map(([name]) => name);
  if (!existsSync(join(data, 'restore.part')) && !names.includes('parley.sqlite')) return 'begun';
  const started = await open(data, keyFile);
  if (!started.ok) {
    assert.equal(started.code, 'data-folder-unfinished', names.join());
    return 'cut';
  }
  const who = await started.value.deps.storage.read(({ db }) => db.introspection.getTables());
  assert(who.length > 0);
  await started.value.close();
  return 'whole';
}

test('killed before any of its steps, a restore is told or whole, its key is nowhere else, and it can be done again', async (t) => {
  const seen = new Set<string>();
  let whole: Buffer | undefined;
  for (let step = 0; ; step++) {
    const [data, keyFile] = [join(folder, `data-${step}`), join(folder, `elsewhere-${step}.key`)];
    const args = [PROGRAM, String(step), file, data, keyFile, BACKUP_PASSPHRASE];
    const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    for (const [name, octets] of filesIn(data))
      assert.equal(octets.indexOf(node.deps.nodeKey), -1, `the key is in ${name} before step ${step}`);
    const stands = await standsAs(data, keyFile);
    seen.add(stands);
    if (signal === null) {
      assert.equal(status, 0, stderr);
      assert.equal(stands, 'whole');
      t.diagnostic(`${step} steps`);
      break;
    }
    assert.equal(signal, 'SIGKILL', stderr);
    if (stands === 'whole') continue;
    const again = await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data, keyFile });
    assert(again.ok, `before step ${step}: ${JSON.stringify(again)}`);
    const names = readdirSync(data).filter((it) => !it.startsWith('lock.')); // which a killed one leaves
    assert.deepEqual(names.sort(), ['parley.sqlite', 'parley.sqlite-sums']);
    const [database, key] = [readFileSync(join(data, 'parley.sqlite')), readFileSync(keyFile)];
    whole ??= database;
    assert.deepEqual([database.equals(whole), key], [true, Buffer.from(node.deps.nodeKey)]);
  }
  assert.deepEqual([...seen].sort(), ['begun', 'cut', 'whole']);
});

test('a disk that fills up while a backup is restored leaves nothing behind', () => {
  const [data, keyFile] = [join(folder, 'full'), join(folder, 'full.key')];
  const args = ['99999', file, data, keyFile, BACKUP_PASSPHRASE];
  // In blocks of 1,024 octets: less than the database has.
  const script = 'ulimit -f 200; exec "$@"';
  const run = ['-c', script, 'bash', process.execPath, PROGRAM, ...args];
  const { status, stderr } = spawnSync('bash', run, { encoding: 'utf8' });
  assert.equal(status, 1, stderr);
  assert.deepEqual([existsSync(data), existsSync(keyFile)], [false, false]);
});
