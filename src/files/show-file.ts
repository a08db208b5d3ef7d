import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { fileBroken, fileUnknown } from './failures.ts';
import type { FileRow, FileStands } from './model.ts';
import { keysOf, shown } from './open-file.ts';
import { refuseProgram } from './refuse-program.ts';
import { isSound } from './rules.ts';
import { getFile, lengthsOf } from './store.ts';

export const ShowFile = z.object({ id });

/** One file, and which parts of it are missing. Fails with `file-unknown`, `file-sealed`, `file-broken`. */
export async function showFile(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ShowFile>,
): Promise<Result<FileStands>> {
  return deps.storage.read(async (view) => {
    const row = await getFile(view, actor.home, input.id);
    if (!row) return fileUnknown();
    const refused = refuseProgram(actor, row);
    if (refused) return refused;
    return isSound(row) ? ok(await standsOf(view, deps, row)) : fileBroken();
  });
}

export async function standsOf(view: View, deps: BaseDeps, row: FileRow): Promise<FileStands> {
  const here = await lengthsOf(view, row.home_id, row.id);
  const numbers = Array.from({ length: row.parts }, (_, at) => at + 1);
  const keys = keysOf(view, deps, row.home_id);
  return { ...(await shown(keys, row)), missing: numbers.filter((number) => !here.has(number)) };
}
