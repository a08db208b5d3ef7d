import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fileBroken, fileChanged, fileDiffers, fileNotWhole, fileUnknown } from './failures.ts';
import type { FileRow, FileShown, Head } from './model.ts';
import { keysOf, shown, shownWith } from './open-file.ts';
import { checkLengths, type OpenedFile, openFile, readParts } from './read-parts.ts';
import { refuseProgram } from './refuse-program.ts';
import { sealHead } from './sealing.ts';
import { getFile, lengthsOf, updateFile } from './store.ts';

export const FinishFile = z.object({
  id,
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Write it in 64 hexadecimal digits, in lower case.')
    .optional()
    .describe('What the whole file has to be.'),
});

type Input = z.output<typeof FinishFile>;

/**
 * Makes a file visible whose parts are all here. A served one is opened from end to end for that, and keeps its SHA-256.
 * Again changes nothing. Fails with `file-unknown`, `file-sealed`, `file-begun-only`, `file-broken`, `file-differs`, `file-changed`.
 */
export async function finishFile(
  deps: BaseDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<FileShown>> {
  const { home } = actor;
  const found = await deps.storage.read(async (view) => {
    const row = await getFile(view, home, input.id);
    if (!row) return fileUnknown();
    const refused = refuseProgram(actor, row);
    if (refused) return refused;
    const isHere = (await lengthsOf(view, home, row.id)).size === row.parts;
    if (!isHere) return row.state === 'whole' ? fileBroken() : fileNotWhole();
    const broken = await checkLengths(view, row);
    if (broken) return broken;
    return row.mode === 'sealed' ? ok({ row }) : openFile(view, deps, row);
  });
  if (!found.ok) return found;
  const file = found.value;
  if (file.row.state === 'whole') return again(deps, file.row, input);
  if (!('key' in file)) return settle(deps, file.row, {});
  const sha256 = await digestOf(deps, file);
  if (!sha256.ok) return sha256;
  if (input.sha256 !== undefined && input.sha256 !== sha256.value) return fileDiffers();
  const { mark: _, ...head } = file.head;
  return settle(deps, file.row, { ...file, head: { ...head, sha256: sha256.value } });
}

async function digestOf(deps: BaseDeps, file: OpenedFile): Promise<Result<string>> {
  const hash = createHash('sha256');
  for await (const part of readParts(deps, file)) {
    if (!part.ok) return part;
    hash.update(part.value);
  }
  return ok(hash.digest('hex'));
}

/** Only if no part came since it was looked at. */
async function settle(
  deps: BaseDeps,
  { home_id, id: file, taken }: FileRow,
  { key, head }: { readonly key?: Uint8Array; readonly head?: Head },
): Promise<Result<FileShown>> {
  return deps.storage.transact(home_id, async (tx) => {
    const row = await getFile(tx, home_id, file);
    if (row?.state !== 'begun' || row.taken !== taken) return fileChanged();
    const now = deps.clock.now();
    const revision = row.revision + 1;
    const set = {
      ...({ state: 'whole', revision, made_at: now, changed_at: now } as const),
      ...(key && head && { head: sealHead(key, row, revision, head, deps.random) }),
    };
    await updateFile(tx, file, set);
    return ok(shownWith({ ...row, ...set }, head));
  });
}

async function again(deps: BaseDeps, row: FileRow, { sha256 }: Input): Promise<Result<FileShown>> {
  const it = await deps.storage.read((view) => shown(keysOf(view, deps, row.home_id), row));
  return sha256 === undefined || sha256 === it.sha256 ? ok(it) : fileDiffers();
}
