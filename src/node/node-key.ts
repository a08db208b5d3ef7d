import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { toBase64url } from '../kernel/bytes.ts';
import type { Random } from '../kernel/random.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { derive } from '../kernel/sealing.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Storage, tables } from '../storage/index.ts';

const OCTETS = 32;
const CHECK = 'key-check';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

/**
 * The 32 octets of the node's key, made on the first start. The database remembers which key it was written under. Fails
 * with `node-key-missing`, `node-key-damaged`, `node-key-other` or `node-key-unusable`: without the right one nothing
 * sealed opens.
 */
export async function openNodeKey(
  path: string,
  storage: Storage,
  random: Random,
): Promise<Result<Uint8Array>> {
  const known = await storage.read((view) =>
    tables<Tables>(view)
      .selectFrom('node_values')
      .select('value')
      .where('home_id', '=', NODE_HOME)
      .where('name', '=', CHECK)
      .executeTakeFirst(),
  );
  const found = readOrMake(path, known === undefined, random);
  if (!found.ok) return found;
  const key = found.value;
  const check = toBase64url(derive(key, 'parley/key-check/v1'));
  if (known)
    return known.value === check
      ? ok(key)
      : refused('node-key-other', `The node's key ${path} belongs to another database.`);
  await storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .insertInto('node_values')
      .values({ home_id: NODE_HOME, name: CHECK, value: check })
      .execute(),
  );
  return ok(key);
}

function readOrMake(path: string, isFirst: boolean, random: Random): Result<Uint8Array> {
  try {
    if (!existsSync(path)) {
      if (!isFirst) return refused('node-key-missing', `The node's key ${path} is missing.`);
      writeNodeKey(path, random.bytes(OCTETS));
    }
    const { size } = statSync(path);
    return size === OCTETS
      ? ok(new Uint8Array(readFileSync(path)))
      : refused('node-key-damaged', `The node's key ${path} is damaged.`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return keyUnusable(path, error.code);
  }
}

/** On disk, whole and synced, before anything is sealed under it; nothing of it stays when that fails. */
export function writeNodeKey(path: string, key: Uint8Array): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    writeSynced(part, key);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeSynced(path: string, octets: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, octets); // all of it, also where a disk that fills takes a piece first
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export function keyUnusable(path: string, code: unknown): Failure {
  return refused('node-key-unusable', `The node's key ${path} cannot be read or made (${String(code)}).`);
}

function refused(code: string, message: string): Failure {
  return fail(
    code,
    `${message} Without the right one nothing that is sealed can be opened. Nothing was changed.`,
    'Put back the key that belongs to this database, or say where it lies with --key.',
  );
}
