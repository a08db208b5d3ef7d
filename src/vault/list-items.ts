import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import { LIMITS } from '../kernel/limits.ts';
import { idsOfPage, pageOrIds, sizeOf } from '../kernel/many.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { fitting, pageAfter } from './find.ts';
import { searchWords } from './fold.ts';
import { headsOf } from './heads.ts';
import { itemsOf } from './items.ts';
import { VAULT_LIMITS } from './limits.ts';
import { Category, Item, PropertyName } from './model.ts';
import { listKept } from './store.ts';
import { TRASH_MS } from './view.ts';

export const ListItems = z.object({
  id: id.optional().describe('Only this item.'),
  search: z
    .string()
    .max(LIMITS.lineChars)
    .optional()
    .describe('Words to find in labels, values, tags, notes.'),
  tag: z.string().max(VAULT_LIMITS.tagChars).optional(),
  category: Category.optional(),
  property: PropertyName.optional(),
  trashed: z.boolean().default(false).describe('List the trash instead.'),
  ...pageOrIds,
});

export const Items = z.object({
  rows: z.array(Item),
  ...idsOfPage,
  next: z.string().optional(),
  total: z.int().min(0).describe('How many fit, on all pages.'),
});

const CURSOR = cursorOf('list-items', [z.string(), id]);

/**
 * Items that have every word of the search, in the catalogue's order; case and accents do not matter.
 * Fails with `cursor-unknown`.
 */
export async function listItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListItems>,
): Promise<Result<z.output<typeof Items>>> {
  const { id: only, search = '', tag, category, property, trashed } = input;
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const words = searchWords(search, VAULT_LIMITS.searchWords);
  const trashedAfter = trashed ? deps.clock.now() - TRASH_MS : undefined;
  const filter = { only, words, tag, category, property, trashedAfter };
  const limit = sizeOf(input);
  return deps.storage.read(async (view) => {
    const found = fitting(await headsOf(view, deps, actor.home), filter);
    const total = found.length;
    const page = pageAfter(found, after.value, limit + 1);
    const { shown, next } = CURSOR.cut(page, limit, (head) => [head.place, head.id]);
    const ids = shown.map((head) => head.id);
    if (input.idsOnly) return ok({ rows: [], ids, total, ...next });
    const kept = await listKept(view, deps, actor.home, ids);
    return ok({ rows: await itemsOf(view, actor.home, kept, deps.clock.now()), total, ...next });
  });
}
