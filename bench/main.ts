import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a file of this folder has to export; the exit code of the run. */
interface Bench {
  readonly bench: (words: readonly string[]) => Promise<number>;
}

/** What benchmarks share; none of these is one. */
const HELPERS = new Set(['main.ts', 'print.ts']);

/** `npm run -s bench -- NAME`: runs the comparison of that name, or lists them. */
async function main([name, ...words]: readonly string[]): Promise<number> {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !HELPERS.has(file))
    .map((file) => file.slice(0, -3))
    .sort();
  if (name === undefined || !names.includes(name)) {
    console.error(`usage: npm run -s bench -- ${names.join(' | ')}`);
    return 2;
  }
  // Every file of this folder has that shape; one that has not fails at once.
  const { bench } = (await import(join(import.meta.dirname, `${name}.ts`))) as Bench;
  return bench(words);
}

process.exitCode = await main(process.argv.slice(2));
