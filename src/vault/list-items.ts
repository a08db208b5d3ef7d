import { z } from 'zod';
import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, page } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { searchWords } from './fold.ts';
import { itemsOf } from './items.ts';
import { VAULT_LIMITS } from './limits.ts';
import { Category, Item, PropertyName } from './model.ts';
import { type Cursor, countItems, findItemRows } from './store.ts';
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
  ...page,
});

export const Items = z.object({
  rows: z.array(Item),
  next: z.string().optional(),
  /** How many there are in all; only on the first page, where nothing is left out. */
  total: z.int().min(0).optional(),
});

/**
 * Items that have every word of the search, in the catalogue's order; case and accents do not matter.
 * Fails with `cursor-malformed`.
 */
export async function listItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ListItems>,
): Promise<Result<z.output<typeof Items>>> {
  const { id: only, search = '', tag, category, property, trashed, limit } = input;
  const after = input.after === undefined ? undefined : readCursor(input.after);
  if (input.after !== undefined && !after) {
    return fail('cursor-malformed', 'That place in the list does not exist.', 'Begin at the top again.');
  }
  const words = searchWords(search, VAULT_LIMITS.searchWords);
  const trashedAfter = trashed ? deps.clock.now() - TRASH_MS : undefined;
  const filter = { only, words, tag, category, property, trashedAfter };
  return deps.storage.read(async (view) => {
    const found = await findItemRows(view, actor.home, filter, after, limit + 1);
    const rows = await itemsOf(view, actor.home, found.slice(0, limit), deps.clock.now());
    const last = found.length > limit ? found[limit - 1] : undefined;
    const isFiltered =
      only !== undefined || words.length > 0 || tag !== undefined || !!category || !!property || trashed;
    return ok({
      rows,
      ...(last && { next: writeCursor(last) }),
      ...(!after && !isFiltered && { total: await countItems(view, actor.home, 'kept') }),
    });
  });
}

function writeCursor({ place, id }: Cursor): string {
  return toBase64url(toUtf8(JSON.stringify([place, id])));
}

function readCursor(cursor: string): Cursor | undefined {
  const octets = fromBase64url(cursor);
  const text = octets && fromUtf8(octets);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  if (!parsed?.ok || !Array.isArray(parsed.value)) return undefined;
  const [place, id] = parsed.value;
  return typeof place === 'string' && typeof id === 'string' ? { place, id } : undefined;
}
