import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { itemUnknown } from './items.ts';
import { AddressParts, HowChanged, type VersionRow } from './model.ts';
import { getItemRow, listVersionRows } from './store.ts';
import { readContent } from './values.ts';

export const ItemHistory = z.object({
  id,
  after: z.string().max(20).optional(),
  limit: z.int().min(1).max(LIMITS.pageRows).default(50),
});

const Version = z.object({
  version: z.int().min(1),
  how: HowChanged,
  label: z.string(),
  value: z.string(),
  parts: AddressParts.optional(),
  tags: z.array(z.string()),
  note: z.string().optional(),
  at: instant,
});

export const Versions = z.object({ rows: z.array(Version), next: z.string().optional() });

/** The versions of an item, newest first, as many as are kept. Fails with `item-unknown`, `cursor-malformed`. */
export async function itemHistory(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ItemHistory>,
): Promise<Result<z.output<typeof Versions>>> {
  if (input.after !== undefined && !/^[1-9][0-9]{0,14}$/.test(input.after)) {
    return fail('cursor-malformed', 'That place in the list does not exist.', 'Begin at the top again.');
  }
  const before = input.after === undefined ? undefined : Number(input.after);
  return deps.storage.read(async (view) => {
    if (!(await getItemRow(view, actor.home, input.id))) return itemUnknown();
    const found = await listVersionRows(view, actor.home, input.id, before, input.limit + 1);
    const rows = found.slice(0, input.limit);
    const last = found.length > input.limit ? rows.at(-1) : undefined;
    return ok({ rows: rows.map(versionView), ...(last && { next: String(last.version) }) });
  });
}

function versionView(row: VersionRow): z.output<typeof Version> {
  const { label, value, parts, note, tags } = readContent(row);
  return {
    version: row.version,
    how: row.how,
    label,
    value,
    ...(parts && { parts }),
    tags: [...tags],
    ...(note !== undefined && { note }),
    at: row.changed_at,
  };
}
