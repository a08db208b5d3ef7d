import { constants, existsSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cleanName, FILE_LIMITS, fileNotWhole } from '../../../files/index.ts';
import { assert, type Failure, fail, isFailure, ok, type Result } from '../../../kernel/result.ts';
import { fileExists, giveName } from '../save-whole.ts';
import { digestOf } from './put-file.ts';
import { askNode, askStands, type FileReach, told } from './reach.ts';

interface Saved {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Saves a file part by part under another name first, which says what file it is: what lies there from before goes on. Whole
 * and with the SHA-256 that the node says, it gets its own. Fails with `file-exists`, `file-begun-only`, `file-differs`,
 * `disk-full`, and as `read-file-part` does.
 */
export async function getFile(
  reach: FileReach,
  _: unknown,
  input: { readonly id: string },
): Promise<Result<Saved>> {
  const said = await askStands(reach, 'show-file', input);
  if (isFailure(said)) return said;
  const stands = said.value;
  if (stands.state === 'begun') return fileNotWhole();
  const { id } = input;
  const { name = id, parts, octets, sha256 } = stands;
  const take = async (number: number): Promise<Result<Uint8Array>> => {
    const got = await askNode(reach, 'read-file-part', { id, number }, { holds: true });
    if (isFailure(got)) return got;
    assert(got.value instanceof Uint8Array, 'a part comes as octets');
    return ok(got.value);
  };
  return takeParts(reach, { id, name, parts, octets, sha256, take });
}

interface Taking {
  readonly id: string;
  readonly name: string;
  readonly parts: number;
  readonly octets: number;
  /** Of the whole; without it nothing tells what lies there from before, and it begins anew. */
  readonly sha256: string | undefined;
  take(number: number): Promise<Result<Uint8Array>>;
}

/** Saves a file part by part; what lies there from before goes on where it can be told. Fails with `file-exists`, `file-differs`, `disk-full`. */
export async function takeParts(
  reach: Pick<FileReach, 'here' | 'out' | 'tell'>,
  taking: Taking,
): Promise<Result<Saved>> {
  // Whatever the node calls it, it lies in this folder.
  const path = resolve(reach.here, reach.out ?? cleanName(taking.name));
  if (existsSync(path)) return fileExists();
  // A name of its own: that of the file may be as long as names can be.
  const part = join(dirname(path), `.${taking.id}.part`);
  try {
    const file = await openPart(part);
    if (!file) return fileExists();
    const refused = await getParts(reach, taking, file).finally(() => file.close());
    if (refused) return refused;
    return await settle(reach, taking, part, path);
  } finally {
    reach.tell('');
  }
}

/** What lies there from before, or a new file; undefined for one that leads elsewhere. Windows knows no such flag. */
async function openPart(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ELOOP') return undefined;
    if (code !== 'ENOENT') throw error;
    return open(path, 'wx', 0o600);
  }
}

async function getParts(
  { tell }: Pick<FileReach, 'tell'>,
  { parts, octets, sha256, take }: Taking,
  file: FileHandle,
): Promise<Failure | undefined> {
  const before = sha256 === undefined ? 0 : Math.min((await file.stat()).size, octets);
  let done = before === octets && octets > 0 ? parts : Math.floor(before / FILE_LIMITS.partBytes);
  for (; done < parts; done++) {
    tell(told(done, parts));
    const got = await take(done + 1);
    if (isFailure(got)) return got;
    const from = done * FILE_LIMITS.partBytes;
    if (!(await hasRoom(() => writeAll(file, got.value, from)))) return diskFull();
  }
  const isKept = await hasRoom(async () => {
    await file.truncate(octets);
    await file.sync();
  });
  return isKept ? undefined : diskFull();
}

/** A disk that fills takes a piece of what is written and says no more than how much: only the next write fails. */
async function writeAll(file: FileHandle, octets: Uint8Array, from: number): Promise<void> {
  for (let at = 0; at < octets.length; ) {
    const { bytesWritten } = await file.write(octets, at, octets.length - at, from + at);
    assert(bytesWritten > 0, 'a write that takes nothing fails');
    at += bytesWritten;
  }
}

/** A disk without room, a quota that is used up, and a limit on how large files may become. */
const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** False when the disk had no room for what is written. */
async function hasRoom(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_ROOM.includes(String(error.code))) return false;
    throw error;
  }
}

async function settle(
  { tell }: Pick<FileReach, 'tell'>,
  { octets, sha256 }: Taking,
  part: string,
  path: string,
): Promise<Result<Saved>> {
  if (sha256 !== undefined && (await digestOf(part, octets, tell)) !== sha256) {
    await rm(part, { force: true });
    return differs();
  }
  if (!(await giveName(part, path))) return fileExists();
  await rm(part, { force: true });
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
  return ok({ file: path, bytes: octets });
}

function diskFull(): Failure {
  return fail(
    'disk-full',
    'The disk where the file should be saved is full. It was not saved.',
    'Free some space there, or give another place with --out, then give the same command again.',
  );
}

function differs(): Result<never> {
  return fail(
    'file-differs',
    'What was saved is not the file that was added: its SHA-256 is another one. It was taken away again.',
    'Begin again; what was begun before may have been another file.',
  );
}
