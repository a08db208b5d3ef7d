import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { runCommand } from '../../src/doors/cli/run-command.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';
import { runCommandLine, startNodeProcess } from '../harness/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'data');
const run = (args: readonly string[], input?: string) =>
  runCommandLine([...args, '--data', data], input === undefined ? {} : { input });
const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
const PASSPHRASE = ['--passphrase', 'correct horse battery'];

/** The same in this process, which is quicker. */
const here = (args: readonly string[]) =>
  runCommand({
    words: args,
    here: folder,
    dataFolder: () => data,
    keyFile: () => undefined,
    databaseUrl: undefined,
    gazetteer: gazetteerForTests(),
    columns: 0,
    memoryFile: () => join(folder, 'memory.json'),
    tell: () => {},
    show: () => {},
    reportBug: (error) => {
      throw error;
    },
  });

test('without a node, a command opens the folder itself; the result alone stands on standard output', async () => {
  const made = await run(['create-party', '--name', 'Ada Lovelace', ...PASSPHRASE, '--json']);
  assert.deepEqual([made.code, made.error], [0, '']);
  assert.equal(JSON.parse(made.out).handle, 'ada-lovelace');
  const me = await run(['who-am-i', '--json']);
  assert.equal(JSON.parse(me.out).acting.handle, 'ada-lovelace', 'the only party acts without being named');
  const shown = await run(['who-am-i']);
  assert.match(shown.out, /^isFresh +no$/m);
  assert.match(shown.out, /name +Ada Lovelace/);
  assert(!existsSync(join(data, 'lock')), 'the folder is free again');
  const file = new DatabaseSync(join(data, 'parley.sqlite'));
  const costs = file
    .prepare('select distinct cost from party_secrets')
    .all()
    .map((row) => JSON.parse(String(row.cost)));
  file.close();
  assert.deepEqual(
    costs,
    [{ memoryKiB: 65_536, passes: 3, lanes: 1 }],
    'a guess costs what SECURITY.md says',
  );
});

test('input comes as JSON, from a file, from standard input, or field by field, and fields win', async () => {
  const json = '{"label":"a","scopes":["reads"],"days":3}';
  writeFileSync(join(folder, 'token.json'), json);
  const ways = [
    await here(['create-token', '--json', '--input', json]),
    await here(['create-token', '--json', '--input', `@${join(folder, 'token.json')}`]),
    await here(['create-token', '--json', '--label', 'a', '--scopes', 'reads', '--days', '3']),
    await here(['create-token', '--json', '--label=a', '--input', '{"label":"b","scopes":["reads"]}']),
  ];
  for (const way of ways) {
    assert.equal(way.exitCode, 0, way.out + way.error);
    assert.equal(JSON.parse(way.out).label, 'a');
  }
  const piped = await run(['create-token', '--json', '--input', '-'], json);
  assert.equal(JSON.parse(piped.out).label, 'a');
  const listed = await run(['list-tokens']);
  assert.equal(listed.out.trim().split('\n').length, ways.length + 2, 'a head and a line for each');
});

test('the exit code says what kind of end it was, and the sentence stands on standard error', async () => {
  const cases: [string[], number, RegExp][] = [
    [['create-token', '--label', 'x', '--scopes', 'everything'], 2, /scopes/],
    [['create-tokens'], 2, /create-token/],
    [['create-token', '--labell', 'x'], 2, /--labell/],
    [['create-token', '--days', 'many'], 2, /whole number/],
    [['create-token', '--input', '{"label":"a","label":"b"}'], 2, /twice/],
    [['create-token', '--input', '@nowhere.json'], 2, /cannot be read/],
    [['who-am-i', '--as', 'nobody'], 1, /Nobody on this node/],
    [['revoke-token', '--id', 'abc'], 1, /no such token/],
    [['import-items', '--file', 'nowhere.vcf'], 2, /does not exist/],
    [[], 2, /<operation>/],
  ];
  for (const [args, code, words] of cases) {
    const left = await here(args);
    assert.deepEqual([left.exitCode, left.out], [code, ''], args.join(' '));
    assert.match(left.error, words, args.join(' '));
  }
  const wrong = await run(['create-tokens']);
  assert.deepEqual([wrong.code, wrong.out], [2, '']);
  const asJson = await run(['revoke-token', '--id', 'abc', '--json']);
  assert.deepEqual([asJson.code, asJson.error], [1, '']);
  assert.equal(JSON.parse(asJson.out).code, 'token-unknown');
});

test('help is there for everything and for each', async () => {
  const all = await run(['--help']);
  assert.equal(all.code, 0);
  assert.match(all.out, /^ {2}create-party +\S/m);
  const one = await run(['create-token', '--help']);
  assert.match(one.out, /--scopes +list of reads\|writes\|discloses\|binds \(needed\)/);
  assert.match(one.out, /--days +whole number \(90 when left out\)/);
});

test('with a node running, commands go to it: parties, files and waiting included', async () => {
  const node = await startNodeProcess(data);
  const made = await run(['create-party', '--name', 'Ben', ...PASSPHRASE, '--json']);
  assert.equal(made.code, 0, made.out);
  const nobody = await run(['list-tokens']);
  assert.deepEqual([nobody.code, nobody.out], [1, '']);
  assert.match(nobody.error, /--as/, 'there are two now, so one must be named');
  const mine = await run(['list-tokens', '--as', 'ben', '--json']);
  assert.deepEqual(JSON.parse(mine.out), { rows: [] });
  const card = join(folder, 'cards.vcf');
  const content = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ben\r\nEMAIL:ben@example.org\r\nEND:VCARD\r\n';
  writeFileSync(card, content);
  const taken = await run(['import-items', '--file', card, '--as', 'ben', '--json']);
  assert.equal(taken.code, 0, taken.out + taken.error);
  await node.end('SIGTERM');
  const alone = await run(['list-items', '--as', 'ben', '--json']);
  assert.match(alone.out, /ben@example\.org/);
  assert.equal(readFileSync(card, 'utf8'), content, "the person's own file is left as it was");
  const again = await run(['import-items', '--file', card, '--as', 'ben', '--json']);
  assert.equal(again.code, 0, again.out + again.error);
});

test('long work is followed to its end, and a file that comes back is put where it was asked to', async () => {
  await run(['open-storefront', '--name', 'Shop', '--as', 'ben']);
  const feed = join(folder, 'feed.csv');
  writeFileSync(feed, 'id,title,price\n1,Trumpet,300.00 EUR\n');
  const mapping = ['--mapping', JSON.stringify({ place: GHENT })];
  const alone = await run(['import-listings', '--file', feed, '--wait', '--as', 'ben', '--json', ...mapping]);
  const archive = join(folder, 'ben.parley');
  const out = ['--as', 'ben', '--out', archive, '--passphrase', 'correct horse battery', '--json'];
  const made = await run(['export-party', ...out]);
  assert.deepEqual(JSON.parse(made.out), { file: archive, bytes: statSync(archive).size });
  assert.equal(statSync(archive).mode & 0o077, 0, 'for its owner only');
  const before = readFileSync(archive);
  assert.equal((await run(['export-party', ...out])).code, 1);
  assert.deepEqual(readFileSync(archive), before, 'nothing is written over');
  rmSync(archive);
  const node = await startNodeProcess(data);
  const served = await run([
    'import-listings',
    '--file',
    feed,
    '--wait',
    '--as',
    'ben',
    '--json',
    ...mapping,
  ]);
  assert.equal((await run(['export-party', ...out])).code, 0);
  await node.end('SIGTERM');
  for (const job of [alone, served]) {
    assert.equal(job.code, 0, job.out + job.error);
    assert.deepEqual([JSON.parse(job.out).state, JSON.parse(job.out).done], ['done', 1]);
  }
  const check = ['--file', archive, '--passphrase', 'correct horse battery', '--json'];
  assert.equal(JSON.parse((await run(['verify-export', ...check])).out).ok, true);
});

test('two commands at once take turns', async () => {
  const both = await Promise.all(
    ['Cleo', 'Dan'].map((name) => run(['create-party', '--name', name, ...PASSPHRASE, '--json'])),
  );
  for (const left of both) assert.equal(left.code, 0, left.out + left.error);
});

test('an import that breaks off says why, and what became of the rows before', async () => {
  const as = ['--as', 'ada-lovelace'];
  const opened = await here(['open-storefront', '--name', 'Ada', ...as]);
  assert.equal(opened.exitCode, 0, opened.error);
  const rows = ['id,title,price,availability,category', 'a,Student trumpet,250 EUR,in_stock,', 'b,"broken'];
  writeFileSync(join(folder, 'broken.csv'), rows.join('\n'));
  const mapping = JSON.stringify({ mapping: { place: GHENT, category: 'ae-2-8-3-5-3' } });
  const file = ['--file', 'broken.csv', '--input', mapping, '--wait', ...as];
  const broken = await here(['import-listings', ...file]);
  assert.equal(broken.exitCode, 1);
  assert.notEqual(broken.error, '');
  assert.match(broken.out, /added/, 'what was listed before is said');
  const json = await here(['import-listings', '--json', ...file]);
  const problem = JSON.parse(json.out);
  assert.equal(typeof problem.code, 'string');
  assert.equal(problem.report.counts.unchanged, 1);
});
