import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a file of this folder has to export; the exit code of the run. */
interface Bench {
  readonly bench: (words: readonly string[]) => Promise<number>;
}

/** `npm run -s bench -- NAME`: runs the comparison of that name, or lists them. */
async function main([name, ...words]: readonly string[]): Promise<number> {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'main.ts')
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
