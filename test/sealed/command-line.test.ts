import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commandIn } from '../harness/command.ts';
import { startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-sealed-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const memory = join(folder, 'state', 'sealed.json');

async function run(...words: string[]) {
  const told: string[] = [];
  const left = await commandIn(folder, words, { memory, tell: (progress) => told.push(progress) });
  return { ...left, told };
}

const done = async (...words: string[]) => {
  const { code, answer } = await run(...words);
  assert.equal(code, 0, JSON.stringify(answer));
  return answer;
};

const FIRST = 'known to the node';
const OWN = 'never told to anybody';
const NEXT = 'another one, again my own';

/** Files, before and after only devices open them. */
async function useFiles(mine: readonly string[]): Promise<void> {
  writeFileSync(join(folder, 'will.pdf'), Buffer.alloc(1_100_000, 'a will'));
  assert.equal((await run('put-sealed-file', '--file', 'will.pdf', ...mine)).answer.code, 'category-served');
  await done('keep-sealed', '--category', 'file', ...mine);
  const file = await done('put-sealed-file', '--file', 'will.pdf', ...mine);
  assert.equal(
    (await done('put-sealed-file', '--file', 'will.pdf', ...mine)).id,
    file.id,
    'again is the same',
  );
  assert.equal((await done('list-sealed-files', '--search', 'WILL', ...mine)).total, 1);
  // What lies there of another file is told by the whole, and not saved as this one.
  writeFileSync(join(folder, `.${String(file.id)}.part`), Buffer.alloc(1_048_576, 'not'));
  const mixed = await run('get-sealed-file', '--id', String(file.id), '--out', 'back.pdf', ...mine);
  assert.equal(mixed.answer.code, 'file-differs');
  await done('get-sealed-file', '--id', String(file.id), '--out', 'back.pdf', ...mine);
  assert.ok(readFileSync(join(folder, 'back.pdf')).equals(readFileSync(join(folder, 'will.pdf'))));
  assert.equal((await run('put-file', '--file', 'will.pdf')).answer.code, 'category-sealed');
  await done('remove-sealed', '--ids', String(file.id), ...mine);
  assert.deepEqual((await done('erase-sealed-files', '--ids', String(file.id), ...mine)).done, [file.id]);
}

async function givesNobody(id: string, mine: readonly string[]): Promise<void> {
  const gift = ['--id', id, '--relationship', 'nobody', '--purpose', 'to write', '--on-same-node'];
  assert.equal((await run('give-sealed', ...gift, ...mine)).answer.code, 'relationship-unknown');
  assert.deepEqual(await done('forget-compared', '--relationship', 'nobody'), { relationship: 'nobody' });
}

test('from the command line: begin sealing, seal a part, use it, change the passphrase, recover, go back', async () => {
  for (const [name, text] of Object.entries({ first: FIRST, own: OWN })) {
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  }
  const mine = ['--passphrase-file', 'own'];
  const node = await startNodeProcess(join(folder, 'data'));
  after(() => node.end('SIGTERM'));
  await done('create-party', '--name', 'Maya', '--passphrase', FIRST);
  const { id } = await done('put-item', '--property', 'schema:email', '--value', 'maya@example.org');
  assert.equal((await run('list-sealed', ...mine)).answer.code, 'vault-none');
  assert.equal((await run('begin-sealing')).answer.code, 'usage', 'nobody is there to be asked');
  const begun = await done('begin-sealing', '--passphrase-file', 'first', '--new-passphrase-file', 'own');
  assert.match(String(begun.recoveryCode), /^([0-9a-z]{4}-){6}[0-9a-z]{2}$/);
  assert.equal(statSync(memory).mode & 0o777, 0o600);
  const sealing = await run('keep-sealed', '--category', 'contact', ...mine);
  assert.deepEqual(
    [sealing.answer, sealing.told],
    [{ category: 'contact', moved: 1 }, ['0 of 1', '1 of 1', '']],
  );
  const refused = await run('put-item', '--property', 'schema:email', '--value', 'x@example.org');
  assert.equal(refused.answer.code, 'category-sealed');
  const put = await done('put-sealed', '--property', 'schema:name', '--value', 'Maya', ...mine);
  const change = ['--id', String(id), '--property', 'schema:email', '--value', 'm@example.org'];
  await done('put-sealed', ...change, ...mine);
  const listed = await done('list-sealed', '--search', 'maya', ...mine);
  assert.deepEqual([listed.total, (listed.rows as { value: string }[])[0]?.value], [1, 'Maya']); // as they are listed
  const shown = await done('show-sealed', '--id', String(id), ...mine);
  assert.deepEqual([shown.value, (shown.versions as unknown[]).length], ['m@example.org', 2]); // as it is shown
  await done('remove-sealed', '--ids', String(put.id), ...mine);

  await givesNobody(String(id), mine);
  await useFiles(mine);

  // Operations that take a passphrase are sent what opens the party, and no more.
  await done('sign-in', '--handle', 'maya', '--passphrase', OWN);
  assert.equal(
    (await run('sign-in', '--handle', 'maya', '--passphrase', FIRST)).answer.code,
    'sign-in-refused',
  );
  await done('change-passphrase', '--old', OWN, '--new', NEXT);
  assert.equal((await run('list-sealed', ...mine)).answer.code, 'way-shut');
  const paper = ['--code', String(begun.recoveryCode), '--new-passphrase', OWN];
  await done('recover-party', '--handle', 'maya', ...paper);
  assert.deepEqual(await done('keep-served', '--category', 'contact', ...mine), {
    category: 'contact',
    moved: 2,
  });
  assert.equal((await done('list-items', '--trashed')).total, 1, 'what was removed comes back as it was');

  const kept = readFileSync(memory, 'utf8');
  for (const secret of [FIRST, OWN, NEXT, String(begun.recoveryCode)]) assert.ok(!kept.includes(secret));
  writeFileSync(memory, '{"half');
  assert.equal((await run('list-sealed', ...mine)).answer.code, 'memory-unreadable');
});
