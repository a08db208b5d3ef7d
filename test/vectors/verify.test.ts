import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findPython } from '../harness/python.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const VERIFIER = join(ROOT, 'fixtures', 'verify.py');
const folder = mkdtempSync(join(tmpdir(), 'parley-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

function run(program: string, args: readonly string[]): Promise<Run> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = Buffer.concat(out).toString().trimEnd().split('\n');
      resolve({ code, lines, errors: Buffer.concat(errors).toString() });
    });
  });
}

function verify(...args: string[]): Promise<Run> {
  const python = findPython();
  assert.ok(python, 'no python3 with cryptography: install the Debian package python3-cryptography');
  return run(python, [VERIFIER, ...args]);
}

test('the second implementation says of every fixture what is written beside it', async () => {
  const { code, lines, errors } = await verify();
  assert.equal(code, 0, [...lines, errors].join('\n'));
  const agreed = Number(/^(\d+) agreed, 0 differed$/.exec(lines.at(-1) ?? '')?.[1]);
  assert.ok(agreed > 1900, lines.at(-1));
});

test('it says of a hundred archives that were made just now what the program says, and tells where it does not', {
  timeout: 300_000,
}, async () => {
  const maker = join(ROOT, 'scripts', 'make-archives.ts');
  const made = await run(process.execPath, [maker, '--count', '100', '--seed', 'verify', '--out', folder]);
  assert.equal(made.code, 0, made.errors);
  const same = await verify('--archives', folder);
  assert.equal(same.lines.at(-1), '100 agreed, 0 differed', same.lines.join('\n'));
  const path = join(folder, 'expected.json');
  const cases: { ok: boolean }[] = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(cases.map((it, i) => (i === 7 ? { ...it, ok: !it.ok } : it))));
  const other = await verify('--archives', folder);
  assert.equal(other.lines.at(-1), '99 agreed, 1 differed');
  assert.equal(other.code, 1);
});
