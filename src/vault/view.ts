import { entryOf } from './catalogue.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Item, ItemRow } from './model.ts';
import { readContent } from './values.ts';

const DAY_MS = 86_400_000;

export const TRASH_MS = VAULT_LIMITS.trashDays * DAY_MS;

/** An item as doors and other rooms see it; who else sees it is counted elsewhere (holders.ts). */
export function itemView(row: ItemRow): Omit<Item, 'sharedWith'> {
  const { label, value, parts, note, tags } = readContent(row);
  return {
    id: row.id,
    property: row.property,
    category: row.category,
    kind: entryOf(row.property).kind,
    label,
    value,
    ...(parts && { parts }),
    tags: [...tags],
    ...(note !== undefined && { note }),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.trashed_at !== null && {
      trashedAt: row.trashed_at,
      trashedUntil: row.trashed_at + TRASH_MS,
    }),
  };
}
