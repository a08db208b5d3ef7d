import { rmSync } from 'node:fs';
import { type Kind, prepare, runOne, scratchFolder } from './kinds.ts';

const WHOLE = 20;
const MODEL = 2_000;

/** How many times faster the model is than short runs of whole nodes, in processor time of one process. */
export async function tellRatio(): Promise<number> {
  const folder = scratchFolder();
  try {
    await prepare('short', folder);
    const [whole, model] = [await timeOf('short', folder, WHOLE), await timeOf('model', folder, MODEL)];
    const words = `a short seed ${whole.toFixed(1)} ms, a seed of the model ${model.toFixed(3)} ms of processor time`;
    process.stdout.write(`${words}: ${Math.round(whole / model)} times faster\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf(kind: Kind, folder: string, seeds: number): Promise<number> {
  await runOne(kind, folder, 1);
  const start = process.cpuUsage();
  for (let seed = 2; seed < 2 + seeds; seed++) await runOne(kind, folder, seed);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000 / seeds;
}
