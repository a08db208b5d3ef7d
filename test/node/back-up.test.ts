import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { createTestDatabase } from '../harness/postgres.ts';
import { runCommandLine, runStart, startNodeProcess } from '../harness/program.ts';
import { findProgram } from '../harness/programs.ts';
import { PASSPHRASE as OWN_PASSPHRASE } from '../story/telling.ts';
import { openPair } from '../torture/world/pair.ts';
import { newLedgers, nudge, pause, settle, talkDuring } from '../torture/world/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-back-up-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const PASSPHRASE = 'the passphrase of the backup';

interface Word {
  readonly record: string;
  readonly text: string;
}

interface Messages {
  readonly rows: Word[];
  readonly earlier?: number;
}

type Ask = <T>(operation: string, input: object) => Promise<T>;

/** Every message, with the id of the record that it is: the hash of what was signed. */
async function wordsOf(done: Ask, relationship: string): Promise<Word[]> {
  const found: Word[] = [];
  for (let before: number | undefined; ; ) {
    const more = before === undefined ? {} : { before };
    const page: Messages = await done('list-messages', { relationship, limit: 200, ...more });
    found.push(...page.rows.map(({ record, text }) => ({ record, text })));
    if (page.earlier === undefined) return found;
    before = page.earlier;
  }
}

/** Sorted by their records: each side has its own order. */
async function bothHold(sides: readonly Ask[], relationship: string): Promise<Word[][]> {
  const byRecord = (a: Word, b: Word): number => (a.record < b.record ? -1 : 1);
  return Promise.all(sides.map(async (done) => (await wordsOf(done, relationship)).sort(byRecord)));
}

test('a backup made while two nodes talk is whole: restored elsewhere, a node starts from it, waits, and has everything again', {
  timeout: 240_000,
}, async () => {
  const pair = await openPair();
  const { person, vendor, relationship } = pair;
  const [before, during] = [newLedgers(), newLedgers()];
  const file = join(folder, 'under-load.age');
  try {
    await talkDuring(pair, before, 1, () => pause(500));
    const wanted = JSON.stringify({ passphrase: PASSPHRASE, withKey: true });
    const backUp = ['back-up-node', '--input', '-', '--out', file, '--data', person.data];
    const counts: number[] = [];
    await talkDuring(pair, during, 2, async () => {
      counts.push(during.person.done.size);
      const made = await runCommandLine(backUp, { input: wanted });
      assert.equal(made.code, 0, made.error);
      counts.push(during.person.done.size);
      await pause(300);
    });
    const [atStart = 0, atEnd = 0] = counts;
    assert(atEnd > atStart, 'it went on talking while the backup was made');
    await settle(pair); // what only this node knew would be lost with it
    await person.end('SIGTERM');
    await vendor.end('SIGTERM');
    const away = `${person.data}-lost`;
    renameSync(person.data, away);
    const restored = await runCommandLine(
      ['restore-node', '--file', file, '--input', '-', '--data', person.data, '--json'],
      { input: JSON.stringify({ passphrase: PASSPHRASE }) },
    );
    assert.equal(restored.code, 0, restored.out + restored.error);
    await person.start();
    assert.equal(await person.side.refused('list-relationships'), 'sign-in-needed', 'no browser of before');
    await person.side.done('sign-in', { handle: 'maya', passphrase: OWN_PASSPHRASE });
    const done: Ask = (operation, input) => person.side.done(operation, input);
    const held = new Set((await wordsOf(done, relationship)).map((it) => it.text));
    for (const word of before.person.done)
      assert(held.has(word), `${word} was acknowledged before the backup`);
    const lost = [...during.person.done].filter((word) => !held.has(word)).length;
    assert(lost > 0, 'something was said after it, else the rest shows nothing');
    const tooEarly = { relationship, text: 'Too early.' };
    assert.equal(await person.side.refused('send-message', tooEarly), 'relationship-reconciling');
    await vendor.start();
    const theirs: Ask = (operation, input) => vendor.side.done(operation, input);
    const end = performance.now() + 120_000;
    for (;;) {
      await nudge(pair);
      const [mine, other] = await bothHold([done, theirs], relationship);
      if (mine?.length === other?.length) break;
      assert(performance.now() < end, `${mine?.length} here, ${other?.length} there`);
      await pause(500);
    }
    const [mine, other] = await bothHold([done, theirs], relationship);
    assert.deepEqual(mine, other);
    const here = new Set((await wordsOf(done, relationship)).map((it) => it.text));
    for (const word of [...during.person.done, ...during.vendor.done]) assert(here.has(word), word);
    assert.equal(await person.side.refused('send-message', tooEarly), 'relationship-reconciling');
  } finally {
    await pair.close();
  }
});

test('a cron job needs no secret: to a recipient, through the socket, and back with the key that was kept elsewhere', async () => {
  const [data, key] = [join(folder, 'cron'), join(folder, 'cron.key')];
  const node = await startNodeProcess(data, { args: ['--port', '0', '--key', key] });
  const make = ['create-party', '--name', 'Ada', '--passphrase', 'correct horse battery', '--data', data];
  assert.equal((await runCommandLine(make)).code, 0);
  const identity = await generateIdentity();
  const to = ['--recipient', await identityToRecipient(identity)];
  const file = join(folder, 'cron.age');
  const backUp = ['back-up-node', ...to, '--out', file, '--data', data, '--json'];
  const made = await runCommandLine(backUp);
  assert.deepEqual(JSON.parse(made.out), { file, bytes: statSync(file).size });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(JSON.parse((await runCommandLine(backUp)).out).code, 'file-exists');
  assert.deepEqual(
    readdirSync(folder).filter((it) => it.endsWith('.part')),
    [],
  );
  assert.deepEqual(readdirSync(join(data, 'scratch')), ['moves']);
  await node.end('SIGTERM');
  const contents = await read(file, identity);
  assert.equal(contents.indexOf(readFileSync(key)), -1, 'the key is not in it');
  const kept = join(folder, 'age.key');
  writeFileSync(kept, `# created: today\n# public key: ${to[1]}\n${identity}\n`);
  const again = join(folder, 'cron-again');
  const restore = ['restore-node', '--file', file, '--data', again, '--json'];
  const other = join(folder, 'other.key');
  writeFileSync(other, `${await generateIdentity()}\n`);
  for (const [more, code] of [
    [[], 'usage'],
    [['--identity', other], 'backup-locked'],
    [['--passphrase', 'long enough for it'], 'backup-damaged'],
  ] as const) {
    assert.equal(JSON.parse((await runCommandLine([...restore, ...more])).out).code, code);
    assert(!existsSync(again));
  }
  const restored = await runCommandLine([...restore, '--identity', kept]);
  assert.equal(restored.code, 0, restored.out);
  assert.match(JSON.parse(restored.out).next, /--key FILE/);
  assert.match((await runStart(['--data', again, '--port', '0'])).error, /node\.key is missing/);
  const started = await startNodeProcess(again, { args: ['--port', '0', '--key', key] });
  const who = await runCommandLine(['who-am-i', '--data', again, '--json']);
  assert.equal(JSON.parse(who.out).acting.handle, 'ada');
  await started.end('SIGTERM');
  assert.equal(
    JSON.parse((await runCommandLine([...restore, '--identity', kept])).out).code,
    'data-folder-taken',
  );
});

/** What is in a backup, as age itself reads it where it is installed, and else the library of the same author. */
async function read(path: string, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const contents = Buffer.from(await decrypter.decrypt(readFileSync(path)));
  const age = findProgram('age');
  if (age) {
    const keyFile = join(folder, 'for-age.key');
    writeFileSync(keyFile, `${identity}\n`);
    const plain = execFileSync(age, ['-d', '-i', keyFile, path], { maxBuffer: 2 ** 30 });
    assert.equal(
      createHash('sha256').update(plain).digest('hex'),
      createHash('sha256').update(contents).digest('hex'),
    );
  }
  return contents;
}

test('the folder of a node that is stopped is backed up too, and nobody but its operator may', async () => {
  const data = join(folder, 'stopped');
  const wanted = ['--passphrase', PASSPHRASE, '--data', data];
  const file = join(folder, 'stopped.age');
  assert.equal((await runCommandLine(['back-up-node', ...wanted, '--out', file])).code, 0);
  const node = await startNodeProcess(data);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ passphrase: PASSPHRASE });
  const answer = await fetch(`${node.address}/api/back-up-node`, { method: 'POST', headers, body });
  assert.equal(answer.status, 403);
  await node.end('SIGTERM');
  const locks = [
    ['--recipient', 'age1nobody'],
    ['--passphrase', 'short'],
  ];
  for (const lock of locks)
    assert.equal((await runCommandLine(['back-up-node', ...lock, '--data', data])).code, 2, lock.join(' '));
});

if (process.env.PARLEY_TEST_POSTGRES) {
  test('on PostgreSQL it says what to use instead', async () => {
    const database = await createTestDatabase();
    assert(database);
    const args = ['back-up-node', '--passphrase', PASSPHRASE, '--data', join(folder, 'pg'), '--json'];
    const left = await runCommandLine(args, { env: { DATABASE_URL: database.url } });
    assert.deepEqual([left.code, JSON.parse(left.out).code], [1, 'backup-elsewhere']);
    await database.drop();
  });
}
