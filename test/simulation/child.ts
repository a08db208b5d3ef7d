import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Kind } from './kinds.ts';
import type { RunReport } from './run-seed.ts';

/** What a child process is to run: every `stride`-th seed from the first on. */
export interface Share {
  readonly kind: Kind;
  readonly folder: string;
  readonly from: number;
  readonly until: number;
  readonly stride: number;
  /** Ends at the first seed that breaks an invariant. */
  readonly untilFound: boolean;
}

export type Line = RunReport & { readonly number: number };

const MAIN = join(import.meta.dirname, 'main.ts');

/** Runs a share in a process of its own and hands each run over as it ends. Throws when the process breaks. */
export async function runShare(
  share: Share,
  onRun: (run: Line) => void,
  options: { readonly plant?: string } = {},
): Promise<void> {
  const env = { ...process.env };
  const flags = ['--max-semi-space-size=16'];
  if (options.plant !== undefined) {
    env.PARLEY_SIMULATION_PLANT = options.plant;
    flags.push('--import', join(import.meta.dirname, 'planted', 'hook.ts'));
  }
  const child: ChildProcess = spawn(process.execPath, [...flags, MAIN, '--share', JSON.stringify(share)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) onRun(JSON.parse(line) as Line); // our own child
  }
  const code = await ended;
  if (code !== 0) throw new Error(`a child process of the simulation ended with ${code}`);
}
