import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commandIn } from '../harness/command.ts';
import { startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-files-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const MIB = 1024 * 1024;

interface Ran {
  readonly code: number;
  readonly answer: Record<string, unknown>;
  readonly told: readonly string[];
}

/** What a command says of its progress may end the node. */
async function run(words: readonly string[], hear: (progress: string) => void = () => {}): Promise<Ran> {
  const told: string[] = [];
  const tell = (progress: string): void => {
    told.push(progress);
    hear(progress);
  };
  return { ...(await commandIn(folder, words, { memory: join(folder, 'memory.json'), tell })), told };
}

test('a file is added and saved over kill -9 of the node, each time from where it stopped', async () => {
  const data = join(folder, 'data');
  const all = Buffer.alloc(9 * MIB + 77);
  for (let at = 0; at < all.length; at += 64) createHash('sha512').update(String(at)).digest().copy(all, at);
  writeFileSync(join(folder, 'large.bin'), all);
  let node = await startNodeProcess(data);
  after(() => node.end('SIGTERM'));
  assert.equal((await run(['create-party', '--name', 'Maya', '--passphrase', 'correct horse'])).code, 0);
  const killAt = (sign: string) => (progress: string) => {
    if (progress.startsWith(sign)) void node.end('SIGKILL');
  };

  const cut = await run(['put-file', '--file', 'large.bin'], killAt('4 of 10'));
  assert.deepEqual([cut.code, cut.answer.code], [1, 'node-lost']);
  node = await startNodeProcess(data);
  const added = await run(['put-file', '--file', 'large.bin']);
  assert.equal(added.code, 0, JSON.stringify(added.answer));
  const first = added.told.find((it) => /^\d+ of 10/.test(it)) ?? '';
  assert.match(first, /^[45] of 10/, 'it goes on where it stopped');
  assert.equal(added.answer.sha256, createHash('sha256').update(all).digest('hex'));

  const { id } = added.answer;
  const get = ['get-file', '--id', String(id), '--out', 'back.bin'];
  const half = await run(get, killAt('6 of 10'));
  assert.deepEqual([half.code, existsSync(join(folder, 'back.bin'))], [1, false]);
  node = await startNodeProcess(data);
  const part = readdirSync(folder).find((it) => it.endsWith('.part')) ?? '';
  assert.ok(statSync(join(folder, part)).size >= 6 * MIB);
  const saved = await run(get);
  assert.equal(saved.code, 0, JSON.stringify(saved.answer));
  assert.match(saved.told[0] ?? '', /^[67] of 10/);
  assert.ok(readFileSync(join(folder, 'back.bin')).equals(all));
  assert.deepEqual(
    readdirSync(folder).filter((it) => it.endsWith('.part')),
    [],
  );
  assert.equal((await run(get)).answer.code, 'file-exists');

  // What was begun with another file's octets is never given out as this one.
  const beside = join(folder, `.${String(id)}.part`);
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  symlinkSync('mine.txt', beside);
  const led = await run(['get-file', '--id', String(id), '--out', 'other.bin']);
  assert.deepEqual(
    [led.answer.code, readFileSync(join(folder, 'mine.txt'), 'utf8')],
    ['file-exists', 'mine'],
  );
  rmSync(beside);
  writeFileSync(beside, Buffer.alloc(2 * MIB, 1));
  const mixed = await run(['get-file', '--id', String(id), '--out', 'other.bin']);
  assert.deepEqual([mixed.answer.code, existsSync(join(folder, 'other.bin'))], ['file-differs', false]);

  // Nothing goes on with parts of what the file was for a moment.
  const draft = join(folder, 'draft.bin');
  writeFileSync(draft, Buffer.alloc(2 * MIB, 1));
  const changed = await run(['put-file', '--file', 'draft.bin'], (progress) => {
    if (progress.startsWith('1 of 2')) writeFileSync(draft, Buffer.alloc(2 * MIB, 2));
  });
  assert.equal(changed.answer.code, 'file-differs');
  writeFileSync(draft, Buffer.alloc(2 * MIB, 1));
  assert.equal((await run(['put-file', '--file', 'draft.bin'])).code, 0);
});
