import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { DATABASE, KEY, type Manifest, markRestored, type Opener, readBackup } from '../backup/index.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { vouchFor } from '../storage/index.ts';
import { folderInUse, folderUnusable, UNFINISHED } from './data-folder.ts';
import { lockFolder } from './lock.ts';
import { keyUnusable, writeNodeKey } from './node-key.ts';

interface ToRestore {
  readonly file: string;
  readonly opener: Opener;
  /** A folder that is empty but for a key, or not there yet. */
  readonly data: string;
  /** Where the node's key is put when it is in the backup; beside the database when left out. */
  readonly keyFile?: string | undefined;
}

/** Of this restore, or of one that was killed. */
const LOCK = /^lock(\.\d+-.*)?$/;
/**
 * What a restore that was cut off may have left beside the folder that says so, and nobody else. A key is not among it:
 * somebody may have put their only copy there.
 */
const OURS = [DATABASE, `${DATABASE}-sums`, `${KEY}.part`];

/**
 * Makes a data folder from a backup: all of it is read and checked in a folder of its own first, then moved into place.
 * There is no beat beside the database, so the node that starts from it knows that it comes from a backup (beat.ts).
 * Fails with `data-folder-taken`, `data-folder-in-use`, `node-key-exists` and as readBackup does; then nothing is left.
 */
export async function restoreNode(to: ToRestore): Promise<Result<Manifest>> {
  const { data } = to;
  try {
    const isNew = !existsSync(data);
    if (!isNew && !isFree(data)) return taken(data);
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const lock = lockFolder(data);
    if (typeof lock === 'number') return folderInUse(data, lock);
    try {
      if (!isFree(data)) return taken(data);
      return await restoreInto(to);
    } finally {
      lock.release();
      if (isNew && readdirSync(data).length === 0) rmdirSync(data);
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      return folderUnusable(data, error.code);
    throw error;
  }
}

async function restoreInto({ file, opener, data, keyFile }: ToRestore): Promise<Result<Manifest>> {
  const part = join(data, UNFINISHED);
  const place = keyFile ?? join(data, KEY);
  chmodSync(data, 0o700);
  clear(data);
  mkdirSync(part, { mode: 0o700 });
  let hasPutKey = false;
  let isDone = false;
  try {
    const read = await readBackup(file, opener, part);
    if (!read.ok) return read;
    const { manifest, key } = read.value;
    if (!vouchFor(join(part, DATABASE), (it) => markRestored(it, manifest.madeAt))) return notADatabase();
    moveIn(part, data);
    // Last: what may fail has been done by then.
    const put = key ? putKey(place, key) : ok(false);
    if (!put.ok) return put;
    hasPutKey = put.value;
    rmSync(part, { recursive: true });
    isDone = true;
    return ok(manifest);
  } finally {
    if (!isDone && hasPutKey) rmSync(place);
    if (!isDone) clear(data);
    syncFolder(data);
  }
}

/** Nothing lies in it but a key, and what a restore that was cut off has left. */
function isFree(data: string): boolean {
  const entries = readdirSync(data).filter((it) => !LOCK.test(it) && it !== KEY);
  const isUnfinished = entries.includes(UNFINISHED);
  return entries.every((it) => it === UNFINISHED || (isUnfinished && OURS.includes(it)));
}

/** No node has been here yet: it does not start where a restore is unfinished. */
function clear(data: string): void {
  if (!existsSync(join(data, UNFINISHED))) return;
  for (const name of OURS) rmSync(join(data, name), { force: true });
  rmSync(join(data, UNFINISHED), { recursive: true });
}

function moveIn(part: string, data: string): void {
  for (const name of [`${DATABASE}-sums`, DATABASE]) renameSync(join(part, name), join(data, name));
  syncFolder(data);
}

/** Answers whether one was written. */
function putKey(path: string, key: Buffer): Result<boolean> {
  try {
    if (existsSync(path)) return readFileSync(path).equals(key) ? ok(false) : keyExists(path);
    writeNodeKey(path, key);
    return ok(true);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return keyUnusable(path, error.code);
    throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function taken(data: string): Failure {
  return fail(
    'data-folder-taken',
    `${data} is not empty. Nothing was restored, and nothing in it was changed.`,
    'Give an empty folder, or one that does not exist yet, with --data.',
  );
}

function keyExists(path: string): Failure {
  return fail(
    'node-key-exists',
    `There is another key at ${path} than the one in the backup. Nothing was restored.`,
    'Give another place with --key.',
  );
}

function notADatabase(): Failure {
  return fail(
    'backup-damaged',
    'The database in the backup is damaged. Nothing was restored.',
    'Restore the backup before.',
  );
}
