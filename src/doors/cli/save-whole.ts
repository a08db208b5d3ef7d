import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { fail, ok, type Result } from '../../kernel/result.ts';

/**
 * Writes a file whole or not at all: under another name first, which is taken away when it fails, then flushed and
 * renamed. `write` makes the file of the name it is given. Fails with `file-exists`.
 */
export async function saveWhole(
  path: string,
  write: (part: string) => Promise<void>,
): Promise<Result<{ file: string; bytes: number }>> {
  const part = `${path}.part`;
  await rm(part, { force: true }); // what a killed command has left
  try {
    await write(part);
    const file = await open(part, 'r+');
    const { size } = await file.stat();
    await file.sync().finally(() => file.close());
    if (existsSync(path)) return fileExists();
    await rename(part, path);
    return ok({ file: path, bytes: size });
  } finally {
    await rm(part, { force: true });
  }
}

export function fileExists(): Result<never> {
  return fail('file-exists', 'There is a file of that name already.', 'Give another name with --out.');
}
