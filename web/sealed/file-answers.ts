import type { SealedFile, Vault } from '../../device/index.ts';
import type { In, Out } from '../api/operations.ts';
import type { FileShown } from '../api/shapes.ts';
import { TRASH_MS } from '../files/parts.ts';
import { taken } from './results.ts';

/** What this device answers of files, once only devices open them: then the node has none that it could name. */

const USUAL = 50;

function shown({ trashedAt, ...file }: SealedFile, state: FileShown['state'] = 'whole'): FileShown {
  return {
    ...{ ...file, mode: 'sealed', state },
    ...(trashedAt !== undefined && { trashedAt, trashedUntil: trashedAt + TRASH_MS }),
  };
}

export async function listFiles(vault: Vault, input: In<'list-files'>): Promise<Out<'list-files'>> {
  if (input.state === 'begun') {
    const rows = taken(await vault.files.begun()).map((file) => shown(file, 'begun'));
    return { rows, total: rows.length };
  }
  const { search, trashed, after, limit = USUAL, idsOnly } = input;
  if (idsOnly) {
    const ids = [...taken(vault.files.ids({ search, trashed }))];
    return { rows: [], ids, total: ids.length };
  }
  const page = taken(await vault.files.list({ search, trashed, after, limit }));
  return { ...page, rows: page.rows.map((file) => shown(file)) };
}

export async function renameFile(vault: Vault, { id, name }: In<'rename-file'>): Promise<FileShown> {
  taken(await vault.files.rename(id, name));
  return shown(taken(await vault.files.get(id)));
}

/** The vault lets go of what would have opened it, then the node of the parts. */
export async function cancelFile(vault: Vault, { id }: In<'cancel-file'>): Promise<Out<'cancel-file'>> {
  taken(await vault.files.cancel(id));
  return { id };
}

export async function emptyTrash(vault: Vault): Promise<Out<'empty-file-trash'>> {
  const { done } = taken(await vault.files.erase(taken(vault.files.ids({ trashed: true }))));
  taken(await vault.files.tidy());
  return { erased: done.length };
}
