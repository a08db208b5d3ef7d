import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cut, Order, Told } from './device-process.ts';

const PIPED = { stdio: 'pipe' } as const;
const PATIENCE_MS = 20_000;

/**
 * A disk of our own: a block device (loop) whose store is a process of ours (FUSE), with a file system (ext4) on it. The
 * store knows what was flushed and what is only in its cache, so that it can lose power as a disk does.
 */
export interface Device {
  /** Where its file system is mounted. */
  readonly folder: string;
  /** From then on nothing is read or written; what was not flushed is kept or lost by chance, sector by sector. */
  cutPower(cut: Cut): Promise<Told>;
  /** When nobody has a file open there: power again, writes again, and the file system mounted anew. */
  restorePower(): Promise<void>;
  /** Leaves no more room than this many octets, until it is given back. */
  fill(room: number): void;
  relieve(): void;
  /** From now on nothing is written, as on a worn-out disk; the file system turns read-only by itself. */
  refuseWrites(): Promise<void>;
  /** From now on it says that it has flushed and has not. */
  lie(): Promise<void>;
  remove(): Promise<void>;
}

/** Why there can be no such device here; undefined where there can. */
export function whyNoDevice(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  try {
    closeSync(openSync('/dev/fuse', 'r+'));
    execFileSync('losetup', ['--find'], PIPED);
    execFileSync('mkfs.ext4', ['-V'], PIPED);
    const folder = mkdtempSync(join(tmpdir(), 'parley-mount-'));
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], PIPED);
    execFileSync('umount', [folder], PIPED);
    rmdirSync(folder);
  } catch (error) {
    return `needs to mount, /dev/fuse, a free loop device and mkfs.ext4 (${error instanceof Error ? error.message.split('\n')[0] : error})`;
  }
  return undefined;
}

export async function openDevice(at: string, megabytes: number): Promise<Device> {
  const store = join(at, 'store');
  closeSync(openSync(store, 'w'));
  const child = fork(join(import.meta.dirname, 'device-process.ts'), [store, `${megabytes}`], {
    execArgv: [], // not those of a test run
  });
  try {
    return await deviceOver(child, at, store);
  } catch (error) {
    child.kill('SIGKILL');
    forceAway(at);
    throw error;
  }
}

async function deviceOver(child: ChildProcess, at: string, store: string): Promise<Device> {
  const folder = join(at, 'mounted');
  const filler = join(folder, 'filler');
  mkdirSync(folder);
  const ask = asker(child);
  await ask({ order: 'mount' });
  let loop = attach(store);
  execFileSync('mkfs.ext4', ['-q', '-F', '-E', 'nodiscard', '-m', '0', '-J', 'size=4', loop], PIPED);
  const mount = (): unknown =>
    execFileSync('mount', ['-t', 'ext4', '-o', 'errors=remount-ro', loop, folder], PIPED);
  mount();
  const detach = async (): Promise<void> => {
    await patiently(() => execFileSync('umount', [folder], PIPED));
    await patiently(() => execFileSync('losetup', ['--detach', loop], PIPED));
  };
  return {
    folder,
    cutPower: (cut) => ask({ order: 'cut', ...cut }),
    async restorePower() {
      await detach();
      await ask({ order: 'power' });
      loop = attach(store);
      mount();
    },
    fill(room) {
      const { bavail, bsize } = statfsSync(folder);
      execFileSync('fallocate', ['-l', `${Math.max(bsize, bavail * bsize - room)}`, filler], PIPED);
    },
    relieve() {
      rmSync(filler, { force: true });
      execFileSync('sync', ['--file-system', folder], PIPED); // or it is there again after the next cut
    },
    refuseWrites: async () => void (await ask({ order: 'refuse-writes' })),
    lie: async () => void (await ask({ order: 'lie' })),
    async remove() {
      await detach();
      await patiently(() => execFileSync('umount', [store], PIPED));
      child.kill('SIGKILL');
    },
  };
}

/** Takes away what is left of a device whose process is gone. */
export function forceAway(at: string): void {
  const [folder, store] = [join(at, 'mounted'), join(at, 'store')];
  const tried = (program: string, ...args: string[]): string => {
    const { stdout } = spawnSync(program, args, PIPED);
    return String(stdout ?? '');
  };
  tried('umount', '--lazy', folder);
  for (const line of tried('losetup', '--list', '--noheadings', '--output', 'NAME,BACK-FILE').split('\n')) {
    const [loop, file] = line.trim().split(/\s+/);
    if (loop && file === store) tried('losetup', '--detach', loop);
  }
  tried('umount', '--lazy', store);
}

function attach(store: string): string {
  return execFileSync('losetup', ['--find', '--show', store], PIPED).toString().trim();
}

function asker(child: ChildProcess): (order: Order) => Promise<Told> {
  return (order) =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('the device ended'));
      child.once('exit', gone);
      child.once('message', (told: Told) => {
        child.off('exit', gone);
        resolve(told);
      });
      child.send(order);
    });
}

/** What is about to end may still have something open. */
export async function patiently<T>(work: () => T): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    try {
      return work();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
