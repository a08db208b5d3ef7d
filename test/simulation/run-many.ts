import { rmSync } from 'node:fs';
import { type Line, runShare } from './child.ts';
import { type Kind, prepare, scratchFolder } from './kinds.ts';
import { addRun, addToCounted, countedSoFar, newTally } from './tally.ts';
import { toldFailure, toldTally } from './telling.ts';

interface Many {
  readonly kind: Kind;
  readonly seeds: number;
  /** Goes on after the seeds that were counted, and counts, when left out. */
  readonly from: number | undefined;
  readonly processes: number;
}

const SAVE_EVERY_MS = 20_000;

/** Runs so many seeds in as many processes as there are cores, and says what they were. */
export async function runMany({ kind, seeds, from, processes }: Many): Promise<number> {
  const isCounted = from === undefined;
  const first = from ?? countedSoFar(kind) + 1;
  const folder = scratchFolder();
  const [all, unsaved] = [newTally(), { tally: newTally(), at: performance.now() }];
  const save = (): void => {
    if (isCounted && unsaved.tally.seeds > 0) addToCounted(kind, unsaved.tally);
    unsaved.tally = newTally();
    unsaved.at = performance.now();
  };
  // Seeds are counted in their order, so that a run that is cut off leaves no gap behind it.
  const ahead = new Map<number, Line>();
  let next = first;
  const take = (run: Line): void => {
    ahead.set(run.number, run);
    for (let due = ahead.get(next); due; due = ahead.get(next)) {
      ahead.delete(next++);
      addRun(all, due.number, due);
      addRun(unsaved.tally, due.number, due);
      if (due.violation) process.stdout.write(toldFailure(kind, due.number, due));
    }
    if (performance.now() - unsaved.at > SAVE_EVERY_MS) save();
  };
  try {
    await prepare(kind, folder);
    const start = performance.now();
    const share = { kind, folder, until: first + seeds, stride: processes, untilFound: false };
    await Promise.all(
      Array.from({ length: processes }, (_, i) => runShare({ ...share, from: first + i }, take)),
    );
    process.stdout.write(toldTally(kind, all, (performance.now() - start) / 1000));
    return all.failed.length === 0 ? 0 : 1;
  } finally {
    save();
    rmSync(folder, { recursive: true, force: true });
  }
}
