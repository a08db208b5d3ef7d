import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commandIn } from '../harness/command.ts';
import { startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-sealed-ways-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const memory = join(folder, 'sealed.json');

async function run(...words: string[]) {
  const shown: string[] = [];
  const { code, answer } = await commandIn(folder, words, { memory, show: (text) => shown.push(text) });
  return { code: code === 0 ? 'ok' : String(answer.code), answer, shown: shown.join('\n') };
}

const done = async (...words: string[]) => {
  const it = await run(...words);
  assert.equal(it.code, 'ok', JSON.stringify(it.answer));
  return it;
};

const [FIRST, OWN, FOUND] = ['known to the node', 'never told to anybody', 'found again by friends'];

test('from the command line: the ways in are looked after, come back to, and forgotten with their party', async () => {
  for (const [name, text] of Object.entries({ first: FIRST, own: OWN, found: FOUND }))
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  const mine = ['--passphrase-file', 'own'];
  const node = await startNodeProcess(join(folder, 'data'));
  after(() => node.end('SIGTERM'));
  await done('create-party', '--name', 'Maya', '--passphrase', FIRST);
  const begun = await done('begin-sealing', '--passphrase-file', 'first', '--new-passphrase-file', 'own');
  const code = String(begun.answer.recoveryCode);
  assert.ok(begun.shown.includes(code), 'it stands there before anything that may get lost');
  await done('keep-sealed', '--category', 'contact', ...mine);

  const { id } = (await done('put-sealed', '--property', 'schema:name', '--value', 'Maya', ...mine)).answer;
  const one = ['--ids', String(id), ...mine];
  const early = await done('erase-sealed', ...one);
  const [why] = early.answer.not as { code: string }[]; // as it is told
  assert.equal(why?.code, 'item-in-use');
  await done('remove-sealed', ...one);
  assert.deepEqual((await done('erase-sealed', ...one)).answer, { done: [id], not: [] });
  assert.equal((await run('show-sealed', '--id', String(id), ...mine)).code, 'item-unknown');

  const renewed = await done('renew-recovery-code', ...mine);
  const paper = String(renewed.answer.recoveryCode);
  assert.ok(renewed.shown.includes(paper) && paper !== code);
  const back = ['--handle', 'maya', '--new-passphrase', FOUND];
  assert.equal((await run('recover-party', ...back, '--code', code)).code, 'recovery-refused');

  const ways = (await done('list-ways', ...mine)).answer.rows as { name: string }[]; // as they are listed
  assert.deepEqual(ways.map((way) => way.name.split('/')[1]).sort(), ['passphrase', 'recovery']);
  for (const { name } of ways)
    assert.equal((await run('remove-way', '--name', name, ...mine)).code, 'way-stays');
  assert.equal((await run('remove-way', '--name', 'way/passkey/none', ...mine)).code, 'way-unknown');

  const goOn = ['accept-sealed', '--backup-put-back', ...mine];
  const asked = await run(...goOn);
  assert.equal(asked.code, 'missing-unseen');
  const [, shown = ''] = /--shown (\S+) /.exec(String(asked.answer.next)) ?? [];
  assert.equal((await done(...goOn, '--shown', shown)).code, 'ok');

  // Two shares open the party, and the code what is sealed.
  const made = await done('make-recovery-shares', '--passphrase', OWN);
  const [first = '', second = ''] = made.answer.shares as string[]; // as they are made
  await done('recover-with-shares', ...back, '--first', first, '--second', second);
  await done('sign-in', '--handle', 'maya', '--passphrase', FOUND);
  assert.equal((await run('list-sealed', '--passphrase-file', 'found')).code, 'way-shut');
  await done('recover-party', ...back, '--code', paper);
  await done('list-sealed', '--passphrase-file', 'found');

  // Whoever is gone is forgotten; what the device knows to stay here is not.
  assert.equal((await run('forget-sealed', '--handle', 'maya')).code, 'vault-there');
  const before = readFileSync(memory, 'utf8');
  await done('remove-party', '--passphrase', FOUND);
  assert.equal((await run('forget-sealed', '--handle', 'maya')).code, 'handle-not-remembered');
  const again = ['--name', 'Maya', '--passphrase'];
  assert.equal((await run('create-party', ...again, FOUND)).code, 'passphrase-used');
  await done('create-party', ...again, FIRST);
  await done('change-passphrase', '--old', FIRST, '--new', 'another one again');
  // Removed elsewhere: this device has not noticed.
  writeFileSync(memory, before);
  assert.equal((await run('remove-party', '--passphrase', 'another one again')).code, 'passphrase-asked');
  await done('forget-sealed', '--handle', 'maya');
  await done('remove-party', '--passphrase', 'another one again', '--as', 'maya');
});
