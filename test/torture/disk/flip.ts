import { hash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededRandom } from '../../../src/kernel/seeded-random.ts';

/** A bit of a file that is not what it was. */
interface Flip {
  readonly file: string;
  undo(): void;
}

/** The database and its log most of the time, and whatever else a node keeps. */
const LIKELY = ['parley.sqlite', 'parley.sqlite', 'parley.sqlite', 'parley.sqlite-wal', 'parley.sqlite-wal'];
const FILES = [...LIKELY, 'parley.sqlite-shm', 'parley.sqlite-sums', 'node.key'];
/** With another number in it the node takes itself for one that came back from a backup, and says nothing for minutes. */
export const BEAT = ['beat'];

export function flipIn(folder: string, random: SeededRandom, files: readonly string[] = FILES): Flip {
  const file = random.pick(files.filter((it) => isThere(join(folder, it))));
  const path = join(folder, file);
  const [at, bit] = [random.below(statSync(path).size), 1 << random.below(8)];
  const turn = (): void => {
    const octets = readFileSync(path);
    octets[at] = (octets[at] ?? 0) ^ bit;
    writeFileSync(path, octets);
  };
  turn();
  return { file, undo: turn };
}

/** What the database is, as long as nobody changes it. */
export function databaseHash(folder: string): string {
  return ['', '-wal'].map((end) => hashOf(join(folder, `parley.sqlite${end}`))).join();
}

function hashOf(path: string): string {
  return existsSync(path) ? hash('sha256', readFileSync(path)) : '';
}

function isThere(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}
