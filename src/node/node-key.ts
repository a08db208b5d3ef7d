import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { toBase64url } from '../kernel/bytes.ts';
import type { Random } from '../kernel/random.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { derive } from '../kernel/sealing.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Storage, tables } from '../storage/index.ts';

const OCTETS = 32;
const CHECK = 'key-check';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

/**
 * The 32 octets beside the database, made on the first start. The database remembers which key it was written under.
 * Fails with `node-key-missing`, `node-key-damaged` or `node-key-other`: without the right one nothing sealed opens.
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
  if (!existsSync(path)) {
    if (known) return refused('node-key-missing', 'The file node.key is missing from the data folder.');
    writeKey(path, random.bytes(OCTETS));
  }
  const key = new Uint8Array(readFileSync(path));
  if (key.length !== OCTETS)
    return refused('node-key-damaged', 'The file node.key in the data folder is damaged.');
  const check = toBase64url(derive(key, 'parley/key-check/v1'));
  if (known)
    return known.value === check
      ? ok(key)
      : refused('node-key-other', 'The file node.key in the data folder belongs to another database.');
  await storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .insertInto('node_values')
      .values({ home_id: NODE_HOME, name: CHECK, value: check })
      .execute(),
  );
  return ok(key);
}

/** On disk, whole and synced, before anything is sealed under it. */
function writeKey(path: string, key: Uint8Array): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, key);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function refused(code: string, message: string): Result<never> {
  return fail(
    code,
    `${message} Without the right one nothing that is sealed can be opened. Nothing was changed.`,
    'Put back the node.key that belongs to this database, or give another data folder with --data.',
  );
}
