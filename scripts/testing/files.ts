import { globSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Test files that run together in one process. */
export interface Batch {
  readonly title: string;
  /** Relative to the repository, with slashes. */
  readonly files: readonly string[];
}

// Whatever boots nodes, servers or browsers gets a process of its own.
const TOGETHER = ['src/', 'device/', 'web/', 'test/laws/'];
/** Longer than half of all others together where it runs in full: it begins first, and one process has the rest. */
const LONGEST = 'test/simulation/simulation.test.ts';
const IN_BROWSER = /(^|\/)browser(\/|\.test\.ts$)/;

/** All test files whose path holds one of the filters (all of them without a filter), sorted. */
export function testFiles(filters: readonly string[], root = ROOT): string[] {
  return globSync(['src/**/*.test.ts', 'device/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'], {
    cwd: root,
    exclude: (name) => name === 'node_modules',
  })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
    .sort();
}

export function needsBrowser(file: string): boolean {
  return IN_BROWSER.test(file);
}

/** Runs the second implementation of what the fixtures show. */
export function needsPython(file: string): boolean {
  return file === 'test/vectors/verify.test.ts';
}

/** Runs the commands of docs/how-to/back-up.md. */
export function needsAge(file: string): boolean {
  return file === 'test/node/back-up-postgresql.test.ts';
}

export function needsDisks(file: string): boolean {
  return file.startsWith('test/torture/disk/');
}

/** The longest first, then the quick files, dealt out to so many processes, then each of the others by itself. */
export function batches(files: readonly string[], processes: number): Batch[] {
  const together = files.filter((file) => TOGETHER.some((folder) => file.startsWith(folder)));
  const alone = files.filter((file) => !together.includes(file) && file !== LONGEST);
  const dealt = Array.from({ length: processes }, (_, i) => together.filter((_, n) => n % processes === i));
  return [
    ...(files.includes(LONGEST) ? [{ title: LONGEST, files: [LONGEST] }] : []),
    ...dealt
      .filter((some) => some.length > 0)
      .map((some, i) => ({ title: `quick tests ${i + 1}`, files: some })),
    ...alone.map((file) => ({ title: file, files: [file] })),
  ];
}
