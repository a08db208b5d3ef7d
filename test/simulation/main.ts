import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Share } from './child.ts';
import { type Kind, prepare, runOne, scratchFolder } from './kinds.ts';
import { runPlanted } from './planted/run-planted.ts';
import { tellRatio } from './ratio.ts';
import { runMany } from './run-many.ts';
import { toldReplay } from './telling.ts';
import { isOfTheDead } from './world/disk.ts';

const HELP = `npm run -s simulate -- --seeds N [--short | --restored | --model] [--from S] [--processes P]
npm run -s simulate -- --seed S [--short | --restored | --model]
npm run -s simulate -- --planted [names]
npm run -s simulate -- --ratio

Whole nodes under trouble, full length unless --short; --restored is short, and an old backup always comes back, also
unnoticed; --model is delivery alone. Without --from it goes on after the seeds that have been counted, and adds to
them.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
    short: { type: 'boolean', default: false },
    restored: { type: 'boolean', default: false },
    model: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    ratio: { type: 'boolean', default: false },
    share: { type: 'string' },
    processes: { type: 'string' },
  },
});

async function main(): Promise<number> {
  const kind = (['model', 'restored', 'short'] as const).find((it) => values[it]) ?? 'full';
  if (values.share !== undefined) return runOwnShare(JSON.parse(values.share) as Share); // child.ts wrote it
  const processes = whole(values.processes) ?? availableParallelism();
  if (values.ratio) return tellRatio();
  if (values.planted) return runPlanted(positionals, processes);
  const seed = whole(values.seed);
  if (seed !== undefined) return replay(kind, seed);
  const seeds = whole(values.seeds);
  if (seeds === undefined || seeds < 1) {
    process.stderr.write(HELP);
    return 2;
  }
  return runMany({ kind, seeds, from: whole(values.from), processes });
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

async function replay(kind: Kind, seed: number): Promise<number> {
  const folder = scratchFolder();
  try {
    await prepare(kind, folder);
    const run = await runOne(kind, folder, seed);
    process.stdout.write(toldReplay(kind, seed, run));
    return run.violation ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOwnShare(share: Share): Promise<number> {
  // What a process of the world leaves undone when it crashes ends with it; anything else is a bug and ends this one.
  process.on('unhandledRejection', (error) => {
    if (!isOfTheDead(error)) throw error;
  });
  for (let number = share.from; number < share.until; number += share.stride) {
    const run = await runOne(share.kind, share.folder, number);
    const { last, ...short } = run;
    process.stdout.write(`${JSON.stringify({ number, ...short, last: run.violation ? last : [] })}\n`);
    if (run.violation && share.untilFound) break;
  }
  return 0;
}

process.exitCode = await main();
