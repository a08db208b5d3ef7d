import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts');

/** Stands for the machine's npm: notes that it was called, takes its time, and brings a Node along. */
const NPM = `#!/bin/sh
echo "words of npm"
echo "$*" >> "$NPM_CALLS"
rm -rf node_modules
if [ -e npm-fails ]; then exit 1; fi
if [ -e npm-hangs ]; then touch npm-is-at-it; exec sleep 60; fi
sleep 0.5
mkdir -p node_modules/one node_modules/node-$PLATFORM/bin
cp package-lock.json node_modules/.package-lock.json
ln -s "$BROUGHT_NODE" node_modules/node-$PLATFORM/bin/node
`;

const COMMAND = `
const [mode, ...rest] = process.argv.slice(2);
if (mode === 'wait') {
  process.on('SIGTERM', () => { console.log('in order'); process.exit(3); });
  setInterval(() => {}, 1000);
  console.log('ready');
} else {
  console.log(JSON.stringify(rest));
  process.exitCode = Number(mode);
}
`;

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small checkout with our scripts, and a command to run. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-run-'));
  folders.push(folder);
  cpSync(join(SCRIPTS, 'run.mjs'), join(folder, 'scripts', 'run.mjs'));
  cpSync(join(SCRIPTS, 'setup'), join(folder, 'scripts', 'setup'), { recursive: true });
  for (const name of ['bench', 'bin']) mkdirSync(join(folder, name));
  lock(folder, 'first');
  writeFileSync(join(folder, 'bench', 'main.ts'), COMMAND);
  writeFileSync(join(folder, 'scripts', 'test.ts'), COMMAND);
  writeFileSync(join(folder, 'bin', 'npm'), NPM);
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
  return folder;
}

function lock(folder: string, hash: string): void {
  const packages = { '': {}, 'node_modules/one': { integrity: hash } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
}

function start(folder: string, ...args: string[]): ChildProcess {
  const { npm_lifecycle_event: _, ...env } = process.env;
  return spawn(process.execPath, [join(folder, 'scripts', 'run.mjs'), ...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      NPM_CALLS: join(folder, 'calls'),
      PLATFORM: `${process.platform}-${process.arch}`,
      BROUGHT_NODE: process.execPath,
    },
  });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

const run = (folder: string, ...args: string[]) => ended(start(folder, ...args));

function npmCalls(folder: string): number {
  const calls = join(folder, 'calls');
  return existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n').length : 0;
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    assert.ok(performance.now() < end, 'waited for 20 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('every command', () => {
  test('installs packages once, and leaves standard output to the command', async () => {
    const folder = checkout();
    const first = await run(folder, 'bench', '0', '--json', 'a b');
    assert.deepEqual([first.code, first.out], [0, '["--json","a b"]\n']);
    assert.match(first.err, /npm ci, half a minute/);
    const second = await run(folder, 'bench', '0');
    assert.deepEqual([second.code, second.out, npmCalls(folder)], [0, '[]\n', 1]);
    assert.doesNotMatch(second.err, /npm/);
  });

  test('installs again when the lock file changes', async () => {
    const folder = checkout();
    await run(folder, 'bench', '0');
    lock(folder, 'second');
    assert.equal((await run(folder, 'bench', '0')).code, 0);
    assert.equal(npmCalls(folder), 2);
  });

  test('takes what somebody has installed with npm by hand, if it is whole', async () => {
    const folder = checkout();
    await run(folder, 'bench', '0');
    rmSync(join(folder, 'node_modules', '.parley-stamp'));
    await run(folder, 'bench', '0');
    assert.equal(npmCalls(folder), 1);
    rmSync(join(folder, 'node_modules', '.parley-stamp'));
    rmSync(join(folder, 'node_modules', 'one'), { recursive: true });
    assert.equal((await run(folder, 'bench', '0')).code, 0);
    assert.equal(npmCalls(folder), 2);
  });

  test('waits for another that is installing', async () => {
    const folder = checkout();
    const both = await Promise.all([run(folder, 'bench', '0', 'one'), run(folder, 'bench', '0', 'two')]);
    assert.deepEqual(
      both.map((it) => it.out),
      ['["one"]\n', '["two"]\n'],
    );
    assert.equal(npmCalls(folder), 1);
  });

  test('goes on where a killed one stopped', async () => {
    const folder = checkout();
    writeFileSync(join(folder, 'npm-hangs'), '');
    const killed = start(folder, 'bench', '0');
    await until(() => existsSync(join(folder, 'npm-is-at-it')));
    process.kill(-(killed.pid ?? 0), 'SIGKILL');
    await once(killed, 'close');
    rmSync(join(folder, 'npm-hangs'));
    assert.equal((await run(folder, 'bench', '0')).code, 0);
    assert.equal(npmCalls(folder), 2);
  });

  test('ends soon when it is interrupted while installing', async () => {
    const folder = checkout();
    writeFileSync(join(folder, 'npm-hangs'), '');
    const child = start(folder, 'test');
    const result = ended(child);
    await until(() => existsSync(join(folder, 'npm-is-at-it')));
    child.kill('SIGTERM');
    const { code, out, err } = await result;
    assert.deepEqual([code, out], [143, '0 passed, 1 failed\n']);
    assert.match(err, /interrupted/);
  });

  test('hands on exit codes and signals', async () => {
    const folder = checkout();
    assert.equal((await run(folder, 'bench', '7')).code, 7);
    const child = start(folder, 'bench', 'wait');
    const result = ended(child);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGTERM');
    const { code, out } = await result;
    assert.deepEqual([code, out], [3, 'ready\nin order\n']);
  });

  test('says in a sentence what went wrong', async () => {
    const folder = checkout();
    writeFileSync(join(folder, 'npm-fails'), '');
    const failed = await run(folder, 'bench', '0');
    assert.deepEqual([failed.code, failed.out], [1, '']);
    assert.match(failed.err, /npm ci failed/);
    const unknown = await run(folder, 'toString');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no command "toString"; try start, test/);
  });
});

describe('what is made from sources', () => {
  const script = "import { writeFileSync } from 'node:fs';\nimport { text } from './text.ts';\n";
  const write = (folder: string, text: string) =>
    writeFileSync(join(folder, 'scripts', 'text.ts'), `export const text: string = '${text}';\n`);

  test('is made again when a source changes, even an imported one, and kept when that fails', async () => {
    const folder = checkout();
    const output = join(folder, 'build', 'places.sqlite');
    writeFileSync(
      join(folder, 'scripts', 'build-places.ts'),
      `${script}if (text === 'bad') process.exit(1);\nwriteFileSync(process.argv[2] ?? '', text);\nconsole.log('said');\n`,
    );
    write(folder, 'one');
    const first = await run(folder, 'build');
    assert.deepEqual([first.code, first.out, readFileSync(output, 'utf8')], [0, '', 'one']);
    const again = await run(folder, 'build');
    assert.doesNotMatch(again.err, /gazetteer/);
    write(folder, 'two');
    await run(folder, 'build');
    assert.equal(readFileSync(output, 'utf8'), 'two');
    write(folder, 'bad');
    const failed = await run(folder, 'build');
    assert.equal(failed.code, 1);
    assert.match(failed.err, /building the gazetteer failed/);
    assert.equal(readFileSync(output, 'utf8'), 'two');
  });
});
