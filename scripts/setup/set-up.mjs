import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finish, SetupError, say } from './child.mjs';
import { installPackages } from './install.mjs';
import { withLock } from './lock.mjs';
import { readyNode, settleNode } from './node.mjs';
import { clearStamp, hashFiles, isFresh, writeStamp } from './stamp.mjs';

/** Provides packages, Node and the outputs of these steps; only one process at a time does. The Node to use. */
export function setUp(root, steps) {
  return withLock(join(root, 'build', 'set-up-lock'), async () => {
    let node = readyNode(root);
    if (!node) {
      await installPackages(root);
      node = settleNode(root);
    }
    for (const step of steps) if (!isFresh(root, step)) await run(root, step, node);
    return node;
  });
}

/** The output is made beside its place and moved there whole; the stamp is written last. */
async function run(root, step, node) {
  say(`${step.title}, ${step.duration}, once`);
  const output = join(root, step.output);
  const part = `${output}.part`;
  const old = `${output}.old`;
  const hash = hashFiles(root, step.inputs(root));
  for (const left of [part, old, `${part}-wal`, `${part}-shm`, `${part}-journal`]) {
    rmSync(left, { recursive: true, force: true });
  }
  mkdirSync(dirname(output), { recursive: true });
  const child = spawn(node, step.command(root, part), {
    cwd: join(root, step.folder),
    stdio: ['ignore', 2, 2], // standard output belongs to the command that follows
  });
  if (!(await finish(child)))
    throw new SetupError(`${step.title} failed (see above); nothing else was changed.`);
  clearStamp(root, step);
  try {
    renameSync(output, old);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  renameSync(part, output);
  rmSync(old, { recursive: true, force: true });
  writeStamp(root, step, hash);
}
