import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runModelSeed } from './model/run-model.ts';
import { FULL, type Length, RESTORED, type RunReport, runSeed, SHORT } from './run-seed.ts';
import { diceOf } from './world/dice.ts';
import { makeTemplate, readTemplate } from './world/template.ts';

/** Whole nodes, long or short, short ones with old backups that come back, or the model of delivery alone. */
export type Kind = 'full' | 'short' | 'restored' | 'model';

const SIZES: Readonly<Record<Kind, readonly number[]>> = {
  full: [3, 4, 5],
  short: [3],
  restored: [3],
  model: [],
};

const LENGTHS: Readonly<Record<Exclude<Kind, 'model'>, Length>> = {
  full: FULL,
  short: SHORT,
  restored: RESTORED,
};

/** A folder in memory where there is one: disks are simulated, and need no real one. */
export function scratchFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'parley-simulation-'));
}

/** Makes in a folder whatever the runs of a kind begin from. */
export async function prepare(kind: Kind, folder: string): Promise<void> {
  for (const size of SIZES[kind]) await makeTemplate(join(folder, `of-${size}`), size);
}

/** Runs one seed of a kind on what was prepared in a folder. */
export async function runOne(kind: Kind, folder: string, seed: number): Promise<RunReport> {
  const name = `${kind}/${seed}`;
  if (kind === 'model') return runModelSeed(name);
  const size = diceOf(`${name}/size`).pick(SIZES[kind]);
  const scratch = join(folder, `run-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    const template = readTemplate(join(folder, `of-${size}`));
    return await runSeed(template, join(scratch, `${seed}`), name, LENGTHS[kind]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
