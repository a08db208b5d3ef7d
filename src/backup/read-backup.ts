import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Container, Damaged, type Finding, openContainer, openForIdentities } from '../archive/index.ts';
import { fromUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { DATABASE, KEY, MANIFEST, Manifest } from './model.ts';
import { BLOCK, readTarHeader, tarEnd, tarPadding } from './tar.ts';

const MANIFEST_BYTES = 4_096;
const KEY_BYTES = 32;

/** What opens a backup: its passphrase, or secret keys of age. */
export type Opener = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** Whether a backup opens with a passphrase; else with the secret key of its recipient. */
export async function isByPassphrase(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead).includes('\n-> scrypt ');
  } finally {
    await file.close();
  }
}

/** What a backup holds beside the database. */
interface Contents {
  readonly manifest: Manifest;
  /** In memory alone: it may belong on another disk than the data. */
  readonly key?: Buffer;
}

/**
 * Lays the database that is in a backup into a folder, synced, and answers the rest. All of it has been read and held against
 * what the backup itself says when this succeeds. Fails with `backup-locked`, `backup-damaged`, `backup-foreign`; then what
 * lies in the folder is worth nothing.
 */
export async function readBackup(path: string, opener: Opener, folder: string): Promise<Result<Contents>> {
  const container = await openWith(path, opener);
  if ('place' in container) return refused(container);
  const octets = octetsOf(container);
  try {
    return await unpack(octets, folder);
  } catch (error) {
    if (error instanceof Damaged) return refused(error.finding);
    if (error instanceof Foreign) return foreign();
    throw error;
  } finally {
    await octets.close();
  }
}

function openWith(path: string, opener: Opener): Promise<Container | Finding> {
  return 'passphrase' in opener
    ? openContainer(path, opener.passphrase)
    : openForIdentities(path, opener.identities);
}

/** It opens, and is something else than a backup of a node. */
class Foreign extends Error {}

async function unpack(octets: Octets, folder: string): Promise<Result<Contents>> {
  const first = await headerOf(octets, MANIFEST);
  if (first > MANIFEST_BYTES) throw new Foreign();
  const manifest = manifestIn(await octets.exactly(first));
  if (!manifest.ok) return manifest;
  await padding(octets, first);
  const { hasKey, database } = manifest.value;
  const key = hasKey ? await keyIn(octets) : undefined;
  if ((await headerOf(octets, DATABASE)) !== database.bytes) throw new Foreign();
  if ((await lay(octets, database.bytes, join(folder, DATABASE))) !== database.sha256) throw new Foreign();
  if (!(await octets.exactly(tarEnd().length)).equals(tarEnd())) throw new Foreign();
  // The last of it is read only now: until then it could still be cut off.
  if (!(await octets.isAtEnd())) throw new Foreign();
  return ok({ manifest: manifest.value, ...(key && { key }) });
}

async function keyIn(octets: Octets): Promise<Buffer> {
  if ((await headerOf(octets, KEY)) !== KEY_BYTES) throw new Foreign();
  const key = await octets.exactly(KEY_BYTES);
  await padding(octets, KEY_BYTES);
  return key;
}

function manifestIn(octets: Buffer): Result<Manifest> {
  const json = parseStrictJson(fromUtf8(octets) ?? '');
  const version = json.ok ? Manifest.pick({ format: true }).loose().safeParse(json.value) : undefined;
  const manifest = json.ok ? Manifest.safeParse(json.value) : undefined;
  if (manifest?.success) return ok(manifest.data);
  return version?.success
    ? fail(
        'backup-newer',
        'A newer Parley made this backup. Nothing was restored.',
        'Restore it with that one.',
      )
    : foreign();
}

/** The size of the next file, which must have this name. */
async function headerOf(octets: Octets, name: string): Promise<number> {
  const header = readTarHeader(await octets.exactly(BLOCK));
  if (header?.name !== name) throw new Foreign();
  return header.bytes;
}

async function padding(octets: Octets, bytes: number): Promise<void> {
  await octets.exactly(tarPadding(bytes).length);
}

/** Writes the next octets to a new file; answers their SHA-256 once they are on the disk. */
async function lay(octets: Octets, bytes: number, path: string): Promise<string> {
  const hash = createHash('sha256');
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of octets.pieces(bytes)) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await padding(octets, bytes);
  return hash.digest('hex');
}

/** Octets that come in blocks, taken as many at a time as somebody needs. */
interface Octets {
  exactly(count: number): Promise<Buffer>;
  pieces(count: number): AsyncGenerator<Uint8Array>;
  isAtEnd(): Promise<boolean>;
  /** Whoever takes no more of them lets go of the file. */
  close(): Promise<void>;
}

function octetsOf(container: Container): Octets {
  const blocks = container.blocks();
  let left: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    while (left.length === 0) {
      const { value, done } = await blocks.next();
      if (done) return false;
      left = value;
    }
    return true;
  };
  const pieces = async function* (count: number): AsyncGenerator<Uint8Array> {
    for (let wanted = count; wanted > 0; ) {
      if (!(await more())) throw new Foreign();
      const piece = left.subarray(0, wanted);
      left = left.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  };
  return {
    pieces,
    exactly: async (count) => Buffer.concat(await Array.fromAsync(pieces(count))),
    isAtEnd: async () => !(await more()),
    close: async () => void (await blocks.return(undefined)),
  };
}

function foreign(): Failure {
  return fail(
    'backup-foreign',
    'This opens, and is no backup of a node. Nothing was restored.',
    'Give a file that back-up-node has made.',
  );
}

function refused({ code, place }: Finding): Failure {
  if (code === 'locked') {
    return fail(
      'backup-locked',
      'The backup does not open: it needs another passphrase or key, or its header is damaged. Nothing was restored.',
      'Try the one that belongs to it, or another copy of the file.',
    );
  }
  return fail(
    'backup-damaged',
    `The backup is damaged, or is none: ${place}. Nothing was restored.`,
    'Restore another copy of it, or the backup before.',
  );
}
