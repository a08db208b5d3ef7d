import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { cleanName, FILE_LIMITS, type FileStands } from '../../../files/index.ts';
import { fail, isFailure, ok, type Result } from '../../../kernel/result.ts';
import { fileExists, giveName } from '../save-whole.ts';
import { digestOf } from './put-file.ts';
import { askNode, askStands, type FileReach, told } from './reach.ts';

interface Saved {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Saves a file part by part under another name first, which says what file it is: what lies there from before goes on. Whole
 * and with the SHA-256 that the node says, it gets its own. Fails with `file-exists`, `file-begun-only`, `file-differs`, and
 * as `read-file-part` does.
 */
export async function getFile(
  reach: FileReach,
  _: unknown,
  input: { readonly id: string },
): Promise<Result<Saved>> {
  const said = await askStands(reach, 'show-file', input);
  if (isFailure(said)) return said;
  const stands = said.value;
  if (stands.state === 'begun') return notWhole();
  // Whatever the node calls it, it lies in this folder.
  const path = resolve(reach.here, reach.out ?? cleanName(stands.name ?? stands.id));
  const part = `${path}.${stands.id}.part`;
  try {
    const file = await openPart(part);
    const refused = await getParts(reach, stands, file).finally(() => file.close());
    if (refused) return refused;
    return await settle(reach, stands, part, path);
  } finally {
    reach.tell('');
  }
}

/** What lies there from before, or a new file. */
async function openPart(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return open(path, 'wx', 0o600);
  }
}

async function getParts(
  reach: FileReach,
  { id, parts, octets }: FileStands,
  file: FileHandle,
): Promise<Result<never> | undefined> {
  const before = Math.min((await file.stat()).size, octets);
  let done = before === octets && octets > 0 ? parts : Math.floor(before / FILE_LIMITS.partBytes);
  for (; done < parts; done++) {
    reach.tell(told(done, parts));
    const got = await askNode(reach, 'read-file-part', { id, number: done + 1 }, { holds: true });
    if (isFailure(got)) return got;
    if (!(got.value instanceof Uint8Array)) throw new Error('a part comes as octets');
    await file.write(got.value, 0, got.value.length, done * FILE_LIMITS.partBytes);
  }
  await file.truncate(octets);
  await file.sync();
  return undefined;
}

async function settle(
  { tell }: FileReach,
  { octets, sha256 }: FileStands,
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

function differs(): Result<never> {
  return fail(
    'file-differs',
    'What was saved is not the file that the node keeps: its SHA-256 is another one. It was taken away again.',
    'Begin again; what was begun before may have been another file.',
  );
}

function notWhole(): Result<never> {
  return fail('file-begun-only', 'Parts of this file are still missing.', 'Add the rest of it first.');
}
