import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { type FolderLock, lockFolder } from './lock.ts';

/** Where a node keeps what is its own; readable by its owner only. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  /** In the folder, unless the operator keeps it elsewhere. */
  readonly keyFile: string;
  /** See beat.ts. */
  readonly beatFile: string;
  readonly socket: string;
  /** For files on their way in or out; emptied at every start, but for the sealed archives of moves under way. */
  readonly scratch: string;
  readonly lock: FolderLock;
}

/** Lies in a folder into which a backup is being restored, or was, when that was cut off. */
export const UNFINISHED = 'restore.part';

/** What tells a data folder of ours from any other. */
const OURS = ['node.key', 'parley.sqlite', 'lock', 'scratch', UNFINISHED];

/** In the scratch folder: what moves go on with after a start (moving/). */
const KEPT = 'moves';

export function socketPath(folder: string): string {
  return join(folder, 'parley.sock');
}

/**
 * Opens (or makes) a data folder, 0700, and locks it. Fails with `data-folder-foreign` when other things lie in it,
 * `data-folder-in-use` when another node has it or a restore goes on, `data-folder-unfinished` when one was cut off,
 * `data-folder-unusable` when it cannot be written to.
 */
export function openDataFolder(path: string, keyFile = join(path, 'node.key')): Result<DataFolder> {
  try {
    if (existsSync(path) && isForeign(path)) {
      return fail(
        'data-folder-foreign',
        `${path} holds other files and no data of Parley's. Nothing was written.`,
        'Give an empty folder, or one that does not exist yet, with --data.',
      );
    }
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700);
    const lock = lockFolder(path);
    if (typeof lock === 'number') {
      return folderInUse(path, lock);
    }
    // Only now: until it was locked, a restore could begin there and be cut off.
    if (existsSync(join(path, UNFINISHED))) {
      lock.release();
      return unfinished(path);
    }
    const scratch = join(path, 'scratch');
    mkdirSync(join(scratch, KEPT), { recursive: true, mode: 0o700 });
    for (const name of readdirSync(scratch)) {
      if (name !== KEPT) rmSync(join(scratch, name), { recursive: true, force: true });
    }
    return ok({
      path,
      database: join(path, 'parley.sqlite'),
      keyFile,
      beatFile: join(path, 'beat'),
      socket: socketPath(path),
      scratch,
      lock,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return folderUnusable(path, error.code);
  }
}

function isForeign(path: string): boolean {
  const entries = readdirSync(path);
  return entries.length > 0 && !entries.some((entry) => OURS.includes(entry));
}

function unfinished(path: string): Failure {
  return fail(
    'data-folder-unfinished',
    `A backup was being restored into ${path}, and that did not come to its end. Nothing was changed.`,
    'Run restore-node again.',
  );
}

export function folderInUse(path: string, process: number): Failure {
  return fail(
    'data-folder-in-use',
    `Another Parley (process ${process}) is using ${path}.`,
    'Use that one, stop it first, or give another folder with --data.',
  );
}

export function folderUnusable(path: string, code: unknown): Failure {
  return fail(
    'data-folder-unusable',
    `${path} cannot be used as a data folder (${String(code)}).`,
    'Make it writable, or give another one with --data.',
  );
}
