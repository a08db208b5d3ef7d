import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The sealed archives of moves under way; they outlive a start of the node, which empties all else in its scratch. */
const FOLDER = 'moves';

export function outFile(deps: { readonly scratch: string }, move: string): string {
  return join(deps.scratch, FOLDER, `${move}.out`);
}

export function inFile(deps: { readonly scratch: string }, move: string): string {
  return join(deps.scratch, FOLDER, `${move}.in`);
}

/** Octets of a file; 0 when it is not there. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('base64url');
}

export async function readPart(path: string, offset: number, most: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(most), 0, most, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Adds octets at a place of a file: what stood there and after it from an earlier try is written anew. */
export async function writePart(path: string, offset: number, octets: Uint8Array): Promise<void> {
  const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
  try {
    await file.write(octets, 0, octets.length, offset);
  } finally {
    await file.close();
  }
}

export async function dropFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Takes away what belongs to no move that is under way. */
export async function dropOthers(
  deps: { readonly scratch: string },
  kept: ReadonlySet<string>,
): Promise<void> {
  const folder = join(deps.scratch, FOLDER);
  for (const name of await readdir(folder)) {
    if (!kept.has(join(folder, name))) await dropFile(join(folder, name));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
