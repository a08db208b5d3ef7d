import { z } from 'zod';
import { actOnEach, type Many, type Told } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, isFailure, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { fileNotTrashed, fileSealed, fileUnknown, fileWhole } from './failures.ts';
import { trashedAfter } from './open-file.ts';
import { wholeFile } from './read-parts.ts';
import { refuseProgram } from './refuse-program.ts';
import { getFile, shred, updateFile } from './store.ts';
import { eraseParts } from './sweep-files.ts';

type ManyInput = z.output<typeof Many>;

/** Puts served files into the trash, where they stay for 30 days. What lies there stays as it is. Devices keep that of sealed ones. */
export async function removeFiles(
  deps: BaseDeps,
  { home }: PartyActor,
  { ids }: ManyInput,
): Promise<Result<Told>> {
  const now = deps.clock.now();
  return deps.storage.transact(home, (tx) => actOnEach(ids, (file) => trash(tx, file, now)));
}

async function trash(tx: Tx, file: string, now: number): Promise<Failure | undefined> {
  const row = await wholeFile(tx, tx.home, file);
  if (isFailure(row)) return row;
  if (row.value.mode === 'sealed') return fileSealed();
  if (row.value.is_trashed) return undefined;
  await updateFile(tx, file, { is_trashed: true, trashed_at: now, changed_at: now });
  return undefined;
}

/** Takes files out of the trash. */
export async function restoreFiles(
  deps: BaseDeps,
  { home }: PartyActor,
  { ids }: ManyInput,
): Promise<Result<Told>> {
  const now = deps.clock.now();
  return deps.storage.transact(home, (tx) => actOnEach(ids, (file) => takeBack(tx, file, now)));
}

async function takeBack(tx: Tx, file: string, now: number): Promise<Failure | undefined> {
  const row = await wholeFile(tx, tx.home, file);
  if (isFailure(row)) return row;
  if (row.value.mode === 'sealed') return fileSealed();
  if ((row.value.trashed_at ?? now) <= trashedAfter(now)) return fileUnknown();
  if (row.value.is_trashed)
    await updateFile(tx, file, { is_trashed: false, trashed_at: null, changed_at: now });
  return undefined;
}

/** Erases files for good: sealed ones wherever they are, others from the trash alone. */
export async function eraseFiles(
  deps: BaseDeps,
  actor: PartyActor,
  { ids }: ManyInput,
): Promise<Result<Told>> {
  const { home } = actor;
  const told = await deps.storage.transact(home, (tx) => actOnEach(ids, (file) => eraseOne(tx, actor, file)));
  await eraseParts(deps, home);
  return told;
}

async function eraseOne(tx: Tx, actor: PartyActor, file: string): Promise<Failure | undefined> {
  const row = await getFile(tx, tx.home, file);
  if (!row) return fileUnknown();
  const refused = refuseProgram(actor, row);
  if (refused) return refused;
  if (row.mode === 'served' && !row.is_trashed) return fileNotTrashed();
  await shred(tx, [file]);
  return undefined;
}

export const CancelFile = z.object({ id });
export const Cancelled = z.object({ id });

/** Erases a file whose parts are still to come. Fails with `file-unknown`, `file-present`, `file-sealed`. */
export async function cancelFile(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof CancelFile>,
): Promise<Result<z.output<typeof Cancelled>>> {
  const { home } = actor;
  const done = await deps.storage.transact(home, async (tx) => {
    const row = await getFile(tx, home, input.id);
    if (!row) return fileUnknown();
    const refused = refuseProgram(actor, row);
    if (refused) return refused;
    if (row.state === 'whole') return fileWhole();
    await shred(tx, [row.id]);
    return ok({ id: row.id });
  });
  if (done.ok) await eraseParts(deps, home);
  return done;
}
