import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fileSealed, fileTrashed } from './failures.ts';
import type { FileShown } from './model.ts';
import { shownWith } from './open-file.ts';
import { openFile, wholeFile } from './read-parts.ts';
import { cleanName } from './rules.ts';
import { sealHead } from './sealing.ts';
import { updateFile } from './store.ts';

export const RenameFile = z.object({
  id,
  name: z
    .string()
    .min(1, 'Write something here.')
    .max(4_096)
    .describe('It is cleaned, and cut where it is long.'),
});

/** Gives a served file another name. Fails with `file-unknown`, `file-begun-only`, `file-sealed`, `file-trashed`, `file-broken`. */
export async function renameFile(
  deps: BaseDeps,
  { home }: PartyActor,
  input: z.output<typeof RenameFile>,
): Promise<Result<FileShown>> {
  return deps.storage.transact(home, async (tx) => {
    const row = await wholeFile(tx, home, input.id);
    if (isFailure(row)) return row;
    if (row.value.mode === 'sealed') return fileSealed();
    if (row.value.is_trashed) return fileTrashed();
    const file = await openFile(tx, deps, row.value);
    if (!file.ok) return file;
    const head = { ...file.value.head, name: cleanName(input.name) };
    const revision = row.value.revision + 1;
    const sealed = sealHead(file.value.key, row.value, revision, head, deps.random);
    await updateFile(tx, row.value.id, { head: sealed, revision, changed_at: deps.clock.now() });
    return ok(shownWith(row.value, head));
  });
}
