import { rmSync } from 'node:fs';
import { type Line, runShare } from '../child.ts';
import { prepare, scratchFolder } from '../kinds.ts';
import { BUGS, type Bug } from './bugs.ts';

/** Every planted bug has to be found within so many short seeds. */
const WITHIN = 2_000;

/** Plants each bug in a process of its own and says after how many short seeds it was found, and by what. */
export async function runPlanted(names: readonly string[], processes: number): Promise<number> {
  const bugs = names.length === 0 ? BUGS : BUGS.filter((bug) => names.includes(bug.name));
  if (bugs.length === 0) {
    process.stderr.write(`Planted bugs: ${BUGS.map((bug) => bug.name).join(', ')}\n`);
    return 2;
  }
  const folder = scratchFolder();
  const waiting = [...bugs];
  let missed = 0;
  const work = async (): Promise<void> => {
    for (let bug = waiting.shift(); bug; bug = waiting.shift()) {
      const found = await find(bug, folder);
      if (!found) missed++;
      process.stdout.write(toldBug(bug, found));
    }
  };
  try {
    await prepare('short', folder);
    process.stdout.write('planted bug                seed  found by           planted in\n');
    await Promise.all(Array.from({ length: processes }, work));
    process.stdout.write(
      `${bugs.length - missed} of ${bugs.length} planted bugs found within ${WITHIN} short seeds\n`,
    );
    return missed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toldBug({ name, file }: Bug, found: Line | undefined): string {
  const [seed, invariant] = [found?.number ?? `> ${WITHIN}`, found?.violation?.invariant ?? 'MISSED'];
  return `${name.padEnd(24)} ${String(seed).padStart(6)}  ${invariant.padEnd(18)} ${file}\n`;
}

async function find(bug: Bug, folder: string): Promise<Line | undefined> {
  let found: Line | undefined;
  const share = { kind: 'short', folder, from: 1, until: WITHIN + 1, stride: 1, untilFound: true } as const;
  const onRun = (run: Line): void => {
    if (run.violation) found ??= run;
  };
  await runShare(share, onRun, { plant: bug.name });
  return found;
}
