import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { itemUnknown } from './failures.ts';
import { AddressParts, HowChanged } from './model.ts';
import { hasItem, type KeptVersion, listVersions } from './store.ts';

export const ItemHistory = z.object({ id, ...page });

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

const CURSOR = cursorOf('item-history', [z.int().min(1)]);

/** The versions of an item, newest first, as many as are kept. Fails with `item-unknown`, `cursor-unknown`. */
export async function itemHistory(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ItemHistory>,
): Promise<Result<z.output<typeof Versions>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const [before] = after.value ?? [];
  return deps.storage.read(async (view) => {
    if (!(await hasItem(view, actor.home, input.id))) return itemUnknown();
    const found = await listVersions(view, deps, actor.home, input.id, before, input.limit + 1);
    const { shown, next } = CURSOR.cut(found, input.limit, (row) => [row.version]);
    return ok({ rows: shown.map(versionView), ...next });
  });
}

function versionView(kept: KeptVersion): z.output<typeof Version> {
  const { label, value, parts, note, tags } = kept.content;
  return {
    version: kept.version,
    how: kept.how,
    label,
    value,
    ...(parts && { parts }),
    tags: [...tags],
    ...(note !== undefined && { note }),
    at: kept.at,
  };
}
