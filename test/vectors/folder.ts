import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'vectors');

/** The folder with whole public sets of vectors, each in a folder named as its repository; usually there is none. */
const PUBLIC = process.env.PARLEY_VECTORS;

/** The sets that tests know to run. */
const SETS = ['structured-field-tests', 'wycheproof', 'CCTV', 'JSONTestSuite'] as const;

if (PUBLIC && !SETS.some((set) => existsSync(join(PUBLIC, set)))) {
  throw new Error(`PARLEY_VECTORS names ${PUBLIC}, which holds none of ${SETS.join(', ')}`);
}

/** The path of something in a public set; undefined when the set is not there. */
export function publicPath(set: (typeof SETS)[number], ...rest: readonly string[]): string | undefined {
  if (!PUBLIC || !existsSync(join(PUBLIC, set))) return undefined;
  return join(PUBLIC, set, ...rest);
}

/** A file of ours, as the JSON it is. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as T; // its reader knows its shape
}

export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
}
