import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../../kernel/ids.ts';
import { systemRandom } from '../../kernel/random.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';

/** What a file system says that has no second names for a file, as those of many sticks. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Writes a file whole or not at all: under another name first, which no other command has and which is taken away when it
 * fails; flushed, it gets its own. `write` makes the file of the name it is given. Fails with `file-exists`, and never
 * writes over that file, whenever it came.
 */
export async function saveWhole(
  path: string,
  write: (part: string) => Promise<void>,
): Promise<Result<{ file: string; bytes: number }>> {
  const part = `${path}.${newId(systemRandom)}.part`;
  try {
    await write(part);
    const file = await open(part, 'r+');
    const { size } = await file.stat();
    await file.sync().finally(() => file.close());
    if (!(await giveName(part, path))) return fileExists();
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
    return ok({ file: path, bytes: size });
  } finally {
    await rm(part, { force: true });
  }
}

/** The octets of a small file that comes back. */
export async function gather(octets: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of octets) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** False when the name is taken. */
export async function giveName(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, ...NO_LINKS)) throw error;
    return takeName(part, path);
  }
}

/** Without links: the name is taken by an empty file, in whose place the whole one is put. */
export async function takeName(part: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await rename(part, path);
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

export function fileExists(): Result<never> {
  return fail('file-exists', 'There is a file of that name already.', 'Give another name with --out.');
}
