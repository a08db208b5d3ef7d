import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { SetupError } from './child.mjs';
import { writeWhole } from './stamp.mjs';

const OLDEST = 24;

/** The Node that runs Parley, when packages and Node are as the lock file says; undefined when set-up is due. */
export function readyNode(root) {
  try {
    const stamp = JSON.parse(readFileSync(stampPath(root), 'utf8'));
    if (stamp.lock !== lockHash(root)) return undefined;
    const node = stamp.brought ? join(root, stamp.node) : stamp.node;
    return statSync(node).mtimeMs === stamp.changed ? node : undefined;
  } catch {
    return undefined; // no stamp, half a stamp, or the Node it names is gone
  }
}

/** Finds a Node that runs here, the one brought along first, and remembers it; written last, so it vouches for all. */
export function settleNode(root) {
  const brought = workingBroughtNode(root);
  const node = brought ?? installedNodes().find(works);
  if (!node) {
    throw new SetupError(
      `Parley needs Node.js ${OLDEST} or newer, and none could be brought along for ${process.platform}-${process.arch}: install it from https://nodejs.org and run the command again.`,
    );
  }
  const stamp = {
    lock: lockHash(root),
    node: brought ? relative(root, brought) : node,
    brought: brought !== undefined,
    changed: statSync(node).mtimeMs,
  };
  writeWhole(stampPath(root), JSON.stringify(stamp));
  return node;
}

/** The Node that came with the packages, unless there is none for this machine (or it does not run, as on musl). */
export function workingBroughtNode(root) {
  const node = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return works(node) ? node : undefined;
}

export function forgetNode(root) {
  rmSync(stampPath(root), { force: true });
}

/** PATH without the commands of this project's packages, which come and go during an installation. */
export function outerPath(root) {
  const own = join(root, 'node_modules', '.bin');
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && folder !== own);
}

function installedNodes() {
  const outer = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return [process.execPath, ...outer.map((folder) => join(folder, 'node'))].filter((path) =>
    existsSync(path),
  );
}

function works(node) {
  if (!existsSync(node)) return false;
  const said = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout ?? '';
  return Number(/^v(\d+)\./.exec(said)?.[1] ?? 0) >= OLDEST;
}

function lockHash(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(`${process.platform}-${process.arch}\0`).update(lock).digest('hex');
}

function stampPath(root) {
  return join(root, 'node_modules', '.parley-stamp');
}
