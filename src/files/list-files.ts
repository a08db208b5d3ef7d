import { z } from 'zod';
import { breathe } from '../kernel/clock.ts';
import { cursorOf } from '../kernel/cursor.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, words } from '../kernel/schema.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { fold, searchWords } from '../vault/index.ts';
import { FILE_LIMITS } from './limits.ts';
import { FileMode, type FileRow, FileShown } from './model.ts';
import { headOf, keysOf, shown, trashedAfter } from './open-file.ts';
import { refuseProgram } from './refuse-program.ts';
import { countFiles, pageOfFiles, type Wanted } from './store.ts';

export const ListFiles = z.object({
  search: words.optional().describe('Words to find in names.'),
  state: z.enum(['begun', 'whole']).default('whole').describe('begun: those whose parts are still to come.'),
  mode: FileMode.default('served').describe(
    'sealed: those that only your devices open, without their names.',
  ),
  trashed: z.boolean().default(false).describe('List the trash instead.'),
  ...pageOrIds,
});

export const Files = z.object({
  rows: z.array(FileShown),
  ...idsOfPage,
  next: z.string().optional(),
  total: z
    .int()
    .min(0)
    .describe('How many fit, on all pages; with a search, how many there are to look through.'),
});

const CURSOR = cursorOf('list-files', [z.int(), id]);

/** My files, the newest first; to a program there are no sealed ones. Fails with `cursor-unknown`. */
export async function listFiles(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListFiles>,
): Promise<Result<z.output<typeof Files>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const { mode, state, trashed: isTrashed } = input;
  const wanted = { mode, state, isTrashed, trashedAfter: trashedAfter(deps.clock.now()), after: after.value };
  const limit = sizeOf(input);
  if (refuseProgram(actor, { mode })) return ok({ rows: [], ...(input.idsOnly && { ids: [] }), total: 0 });
  const { home } = actor;
  return deps.storage.read(async (view) => {
    const page = await fitting(view, deps, home, wanted, input.search ?? '', limit + 1);
    const total = await countFiles(view, home, wanted);
    const { shown: rows, next } = CURSOR.cut(page, limit, (row) => [row.made_at, row.id]);
    if (input.idsOnly) return ok({ rows: [], ids: rows.map((row) => row.id), total, ...next });
    const keys = keysOf(view, deps, home);
    const files: FileShown[] = [];
    for (const row of rows) files.push(await shown(keys, row));
    return ok({ rows: files, total, ...next });
  });
}

/** The next rows whose names have every word. Names are sealed, so heads are opened for that, some hundred at a time. */
async function fitting(
  view: View,
  deps: BaseDeps,
  home: string,
  wanted: Wanted,
  search: string,
  limit: number,
): Promise<FileRow[]> {
  const asked = searchWords(search, 10);
  if (asked.length === 0) return pageOfFiles(view, home, wanted, limit);
  const keys = keysOf(view, deps, home);
  const found: FileRow[] = [];
  let after = wanted.after;
  for (;;) {
    const rows = await pageOfFiles(view, home, { ...wanted, after }, FILE_LIMITS.headsAtOnce);
    for (const row of rows) {
      const head = row.mode === 'served' ? await headOf(keys, row) : undefined;
      const name = head?.ok ? fold(head.value.head.name) : '';
      if (name !== '' && asked.every((word) => name.includes(word))) found.push(row);
      if (found.length === limit) return found;
      after = [row.made_at, row.id];
    }
    if (rows.length < FILE_LIMITS.headsAtOnce) return found;
    // Twenty thousand take a while: whoever else asks has a turn in between.
    await breathe();
  }
}
