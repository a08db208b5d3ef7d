import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import type { FileTables } from './model.ts';
import { shred } from './store.ts';
import { eraseParts } from './sweep-files.ts';

export const FilesErased = z.object({ erased: z.int().min(0) });

/** Erases the files in the trash, now: their keys at once, so that nothing opens them, then their parts one by one. */
export async function emptyFileTrash(
  deps: BaseDeps,
  { home }: PartyActor,
): Promise<Result<z.output<typeof FilesErased>>> {
  const erased = await deps.storage.transact(home, async (tx) => {
    const rows = await tables<FileTables>(tx)
      .selectFrom('files')
      .select('id')
      .where('home_id', '=', home)
      .where('mode', '=', 'served')
      .where('state', '=', 'whole')
      .where('is_trashed', '=', true)
      .execute();
    return shred(
      tx,
      rows.map((row) => row.id),
    );
  });
  await eraseParts(deps, home);
  return ok({ erased });
}
