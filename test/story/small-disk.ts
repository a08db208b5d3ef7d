import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A folder whose room can be taken away and given back. */
export interface SmallDisk {
  readonly data: string;
  /** What a node says that has no room there. */
  readonly code: string;
  /** Leaves next to nothing, or so many octets for what is there to grow. */
  squeeze(pid: number, room?: number): void;
  relieve(pid: number): void;
  remove(): void;
}

/** A file system in memory that is too small; undefined where none may be mounted. */
export function tinyFileSystem(folder: string): (SmallDisk & { setReadOnly(on: boolean): void }) | undefined {
  const data = join(folder, 'tiny');
  mkdirSync(data);
  const mount = (options: string): unknown =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', data], PIPED);
  const again = (options: string): unknown =>
    execFileSync('mount', ['-o', `remount,${options}`, data], PIPED);
  try {
    mount('size=64m,mode=700');
  } catch {
    return undefined; // only root may, and not everywhere
  }
  return {
    data,
    code: 'database-full',
    squeeze: () => again('size=3m'),
    relieve: () => again('size=64m'),
    setReadOnly: (on) => again(on ? 'ro' : 'rw'),
    remove() {
      execFileSync('umount', ['--lazy', data], PIPED);
      rmSync(data, { recursive: true });
    },
  };
}

/** A limit on how long the files of a process may grow, which anybody may set for their own. */
export function limitedFiles(folder: string): SmallDisk {
  const data = join(folder, 'limited');
  const limit = (pid: number, octets: string): unknown =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${octets}:unlimited`], PIPED);
  return {
    data,
    code: 'database-read-only',
    squeeze: (pid, room) => limit(pid, `${room === undefined ? 2_000_000 : longestIn(data) + room}`),
    relieve: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(data, { recursive: true }),
  };
}

function longestIn(folder: string): number {
  return Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size));
}

const PIPED = { stdio: 'pipe' } as const;
