import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VERSION } from '../../src/network/index.ts';
import type { Kind } from './kinds.ts';
import type { RunReport } from './run-seed.ts';

/** What many seeds were, in sum. */
export interface Tally {
  seeds: number;
  steps: number;
  envelopes: number;
  faults: Record<string, number>;
  /** Seeds that broke an invariant. */
  failed: number[];
}

type Counted = Partial<Record<Kind, Tally>>;

const FILE = join(import.meta.dirname, 'counted', `v${VERSION}.json`);

export function newTally(): Tally {
  return { seeds: 0, steps: 0, envelopes: 0, faults: {}, failed: [] };
}

export function addRun(
  tally: Tally,
  seed: number,
  run: Pick<RunReport, 'steps' | 'envelopes' | 'faults' | 'violation'>,
): void {
  tally.seeds++;
  tally.steps += run.steps;
  tally.envelopes += run.envelopes;
  for (const [kind, count] of Object.entries(run.faults))
    tally.faults[kind] = (tally.faults[kind] ?? 0) + count;
  if (run.violation) tally.failed.push(seed);
}

/** How many seeds of this kind have been counted for this version of the protocol; the next run goes on after them. */
export function countedSoFar(kind: Kind): number {
  return read()[kind]?.seeds ?? 0;
}

/** Adds a run's figures to the file that is kept for this version; whole or not at all. */
export function addToCounted(kind: Kind, more: Tally): Tally {
  const counted = read();
  const sum = counted[kind] ?? newTally();
  sum.seeds += more.seeds;
  sum.steps += more.steps;
  sum.envelopes += more.envelopes;
  for (const [fault, count] of Object.entries(more.faults))
    sum.faults[fault] = (sum.faults[fault] ?? 0) + count;
  sum.failed = [...new Set([...sum.failed, ...more.failed])].sort((a, b) => a - b);
  counted[kind] = sum;
  mkdirSync(dirname(FILE), { recursive: true });
  const part = `${FILE}.${process.pid}`;
  writeFileSync(part, `${JSON.stringify(counted, null, 2)}\n`);
  renameSync(part, FILE);
  return sum;
}

function read(): Counted {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Counted) : {}; // addToCounted wrote it
}
