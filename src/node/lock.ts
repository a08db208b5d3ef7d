import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Held until released; a process that dies without releasing leaves a lock that the next one sees through. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes `<folder>/lock` for this process: a folder with one file that names its owner. It is moved into place whole
 * (renaming onto a folder works only while that is empty), so it never stands without an owner, and a dead owner's
 * file is taken away by its full name, so nobody can take away a living owner's. Answers the owner's process number
 * when somebody else holds it.
 */
export function lockFolder(folder: string): FolderLock | number {
  const path = join(folder, 'lock');
  const me = `${process.pid}-${startOf(process.pid)}`;
  for (;;) {
    if (moveInto(path, me)) return { release: () => release(path, me) };
    const owner = ownerOf(path);
    if (owner === undefined) continue; // released between the two looks
    const pid = Number(owner.split('-')[0]);
    if (owner === `${pid}-${startOf(pid)}`) return pid;
    rmSync(join(path, owner), { force: true });
  }
}

function moveInto(path: string, me: string): boolean {
  const mine = `${path}.${me}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine, { mode: 0o700 });
  writeFileSync(join(mine, me), '');
  try {
    renameSync(mine, path);
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}

function release(path: string, me: string): void {
  rmSync(join(path, me), { force: true });
  try {
    rmdirSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'ENOENT')) throw error; // else the next owner is in it already
  }
}

function ownerOf(path: string): string | undefined {
  try {
    return readdirSync(path)[0];
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * What tells a living process from an earlier one of the same number: when it started, in the kernel's ticks, and
 * the boot that those count from. Where there is no /proc, a living process is taken for the owner.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return `${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}-${boot}`;
  } catch {
    return isAlive(pid) && process.platform !== 'linux' ? 'alive' : 'gone';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
