// The one way into every command. Runs on Node 18 without any package: it provides the packages, a current Node
// and whatever else the command needs, and then starts the command on that Node.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relay, SetupError, say } from './setup/child.mjs';
import { readyNode } from './setup/node.mjs';
import { isFresh } from './setup/stamp.mjs';
import { STEPS } from './setup/steps.mjs';

const COMMANDS = {
  // Small young generations: a node spends its life mostly at rest, and what V8 once took it keeps, unless it is asked
  // to give it back.
  start: {
    entry: 'build/program/main.js',
    needs: ['places', 'program', 'web'],
    flags: ['--max-semi-space-size=2', '--expose-gc'],
  },
  test: { entry: 'scripts/test.ts', needs: ['places', 'program', 'web'] },
  parley: { entry: 'build/program/parley.js', needs: ['places', 'program'] },
  bench: { entry: 'bench/main.ts', needs: ['places', 'program', 'web'] },
  simulate: { entry: 'test/simulation/main.ts', needs: [] },
  histories: { entry: 'test/histories/main.ts', needs: [] },
  attack: { entry: 'test/attacks/main.ts', needs: ['places'] },
  torture: { entry: 'test/torture/main.ts', needs: ['places', 'program', 'web'] },
  check: { entry: 'scripts/check.ts', needs: [] },
  build: { entry: undefined, needs: ['places', 'program', 'web'] },
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function main(name, args) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new SetupError(`There is no command "${name}"; try ${Object.keys(COMMANDS).join(', ')}.`, 2);
  const steps = command.needs.map((need) => STEPS[need]);
  for (const step of steps) {
    if (!existsSync(join(root, step.source))) say(`not ${step.title}: ${step.source} does not exist yet`);
  }
  let node = readyNode(root);
  if (!node || !steps.every((step) => isFresh(root, step))) {
    const { setUp } = await import('./setup/set-up.mjs');
    node = await setUp(root, steps);
  }
  if (!command.entry) return 0;
  if (!existsSync(join(root, command.entry)))
    throw new SetupError(`"${name}" cannot run: ${command.entry} is missing.`);
  return start(node, command, args);
}

function start(node, { entry, needs, flags = [] }, args) {
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'build', 'compile-cache'),
    // What starts nodes of its own starts those that users start.
    ...(needs.includes('program') && { PARLEY_TEST_PROGRAM: join(root, 'build', 'program') }),
  };
  // The C library keeps for itself what each of its arenas once took, and gives back only what lies free at the end, and
  // what is large enough for a mapping of its own.
  if (entry === COMMANDS.start.entry) {
    env.MALLOC_ARENA_MAX ??= '1';
    env.MALLOC_TRIM_THRESHOLD_ ??= '131072';
    env.MALLOC_MMAP_THRESHOLD_ ??= '16384';
  }
  return relay(spawn(node, [...flags, join(root, entry), ...args], { stdio: 'inherit', env }));
}

const [name = '', ...args] = process.argv.slice(2);
try {
  process.exitCode = await main(name, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  // Whoever reads the outcome of a test run finds it in the last line, also when no test could start.
  if (name === 'test') console.log('0 passed, 1 failed');
  process.exitCode = error.exitCode;
}
