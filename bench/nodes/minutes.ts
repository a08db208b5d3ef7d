import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sayAll, type Town } from './town.ts';

interface Sample {
  readonly minute: number;
  readonly resident: number;
  readonly heap: number;
}

/** Messages between two turns of the wheel, and how long each turn lasts: a steady load, well below what fits. */
const MESSAGES = 100;
const TURN_MS = 1_000;

/** Speaks for so many minutes; memory after each quarter of a minute, and what it gains in an hour by a straight line. */
export async function memoryOver(town: Town, minutes: number): Promise<void> {
  await sayAll(town, 3_000); // caches fill and the compiler gets warm
  const samples: Sample[] = [];
  const before = megabytesOf(town);
  const began = performance.now();
  let said = 0;
  for (let turn = 1; performance.now() - began < minutes * 60_000; turn++) {
    await sayAll(town, MESSAGES);
    said += MESSAGES;
    if (turn % 15 === 0) samples.push(sampleAt((performance.now() - began) / 60_000));
    await pause(Math.max(0, began + turn * TURN_MS - performance.now()));
  }
  const later = samples.slice(Math.floor(samples.length / 4)); // the first quarter is still warming up
  const [resident, heap] = [slope(later, (it) => it.resident), slope(later, (it) => it.heap)];
  const last = samples.at(-1);
  const grown = megabytesOf(town) - before;
  console.log(
    `memory over ${minutes} minutes and ${said} messages, ${samples.length} samples: ${last?.resident.toFixed(0)} MB resident, ${last?.heap.toFixed(0)} MB of objects`,
  );
  console.log(
    `in an hour at this load: ${resident.toFixed(1)} MB resident more, ${heap.toFixed(1)} MB of objects more; both databases grew by ${grown.toFixed(0)} MB`,
  );
}

function megabytesOf({ home, vendor }: Town): number {
  return [home, vendor].reduce((sum, { data }) => sum + statSync(join(data, 'parley.sqlite')).size / 1e6, 0);
}

function sampleAt(minute: number): Sample {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { minute, resident: rss / 1e6, heap: heapUsed / 1e6 };
}

/** Megabytes an hour by least squares. */
function slope(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const mean = (value: (sample: Sample) => number): number =>
    samples.reduce((all, it) => all + value(it), 0) / samples.length;
  const [minute, megabytes] = [mean((it) => it.minute), mean(of)];
  const over = mean((it) => (it.minute - minute) * (of(it) - megabytes));
  const spread = mean((it) => (it.minute - minute) ** 2);
  return (over / spread) * 60;
}
