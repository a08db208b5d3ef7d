import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError, say } from './child.mjs';

const LOOK_AGAIN_MS = 200;

/**
 * Runs the work while this process alone holds the lock: a folder with one file that names its owner. It is moved
 * into place whole (renaming onto a folder works only while that is empty), so it never stands without an owner;
 * a dead owner's file is taken away by its full name, so nobody can take away a living owner's.
 */
export async function withLock(path, work) {
  const owner = `${process.pid}-${startOf(process.pid)}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new SetupError(`Setting up needs to write into ${dirname(path)}, which it cannot (${error.code}).`);
  }
  for (let told = false; !take(path, owner); ) {
    if (removeDead(path)) continue;
    if (!told) say('another command is setting up; waiting for it');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(join(path, owner), { force: true });
    quietly(() => rmdirSync(path)); // unless the next owner is in it already
  }
}

function take(path, owner) {
  const mine = `${path}.${owner}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeFileSync(join(mine, owner), '');
  if (quietly(() => renameSync(mine, path))) return true;
  rmSync(mine, { recursive: true, force: true });
  return false;
}

/** True when the owner was dead or the lock is free by now. */
function removeDead(path) {
  let owner;
  if (!quietly(() => ([owner] = readdirSync(path))) || owner === undefined) return true;
  const [pid, start] = owner.split('-');
  if (isAlive(Number(pid)) && startOf(pid) === start) return false;
  rmSync(join(path, owner), { force: true });
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When a process started, in the kernel's ticks, which tells it from a later one of the same number. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return ''; // not Linux
  }
}

function quietly(action) {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
