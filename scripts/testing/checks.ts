import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './files.ts';
import type { Outcome } from './outcome.ts';

interface Check {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
}

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Types and style of everything that is written by hand. */
export const CHECKS: readonly Check[] = [
  { name: 'types of src, test, bench and scripts', args: [TSC, '--noEmit', '-p', ROOT] },
  ...(existsSync(join(ROOT, 'web', 'tsconfig.json'))
    ? [{ name: 'types of web', args: [TSC, '--noEmit', '-p', join(ROOT, 'web')] }]
    : []),
  { name: 'style', args: [BIOME, 'check', '--error-on-warnings', '--max-diagnostics=200'] },
];

/** Runs one check; what it said when it failed. */
export function runCheck(check: Check, signal?: AbortSignal): Promise<Outcome> {
  const start = performance.now();
  const child = spawn(process.execPath, check.args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve) => {
    const end = (failure: string | undefined) =>
      resolve({ name: check.name, file: 'check', ms: performance.now() - start, failure, skipped: false });
    child.once('error', (error) => end(String(error)));
    child.once('close', (code) => end(code === 0 ? undefined : Buffer.concat(said).toString().trimEnd()));
  });
}
