import { assert, ok, type Result } from '../kernel/result.ts';
import type { View } from '../storage/index.ts';
import { type Keyring, keyringOf, type VaultDeps } from '../vault/index.ts';
import { fileBroken } from './failures.ts';
import { DAY_MS, FILE_LIMITS } from './limits.ts';
import type { FileRow, FileShown, Head } from './model.ts';
import { isSound } from './rules.ts';
import { openHead, unwrapFileKey } from './sealing.ts';

const TRASH_MS = FILE_LIMITS.trashDays * DAY_MS;

/** What is put in the trash before this has left it. */
export function trashedAfter(now: number): number {
  return now - TRASH_MS;
}

/** The key of a served file. Fails with `file-broken` when the row is not what this node wrote. */
export async function keyOf(keys: Keyring, row: FileRow): Promise<Result<Uint8Array>> {
  const key = row.file_key && unwrapFileKey(await keys.at('file', row.epoch), row.id, row.file_key);
  return key ? ok(key) : fileBroken();
}

/** What stands at the head of a served file, and the key of it. Fails with `file-broken`. */
export async function headOf(
  keys: Keyring,
  row: FileRow,
): Promise<Result<{ readonly key: Uint8Array; readonly head: Head }>> {
  const key = await keyOf(keys, row);
  if (!key.ok) return key;
  const head = row.head && openHead(key.value, row, row.revision, row.head);
  return head ? ok({ key: key.value, head }) : fileBroken();
}

export function keysOf(view: View, deps: VaultDeps, home: string): Keyring {
  return keyringOf(view, deps, home);
}

/** A file as it is shown. What of it does not open stands there without a name, so that it can be removed. */
export async function shown(keys: Keyring, row: FileRow): Promise<FileShown> {
  const head = row.mode === 'served' ? await headOf(keys, row) : undefined;
  return shownWith(row, head?.ok ? head.value.head : undefined);
}

export function shownWith(row: FileRow, head: Head | undefined): FileShown {
  const { id, mode, state, made_at, trashed_at } = row;
  // One that says what cannot be stands there as nothing, so that it can be removed.
  const { octets, parts } = isSound(row) ? row : { octets: 0, parts: 1 };
  assert(state !== 'erased', 'what is erased is not shown');
  return {
    ...{ id, mode, state, octets, parts, madeAt: made_at },
    ...(head && { name: head.name }),
    ...(head?.type !== undefined && { type: head.type }),
    ...(head?.sha256 !== undefined && { sha256: head.sha256 }),
    ...(trashed_at !== null && { trashedAt: trashed_at, trashedUntil: trashed_at + TRASH_MS }),
  };
}
