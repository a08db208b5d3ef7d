import { entryOf } from './catalogue.ts';
import { VAULT_LIMITS } from './limits.ts';
import type { Item, Kept } from './model.ts';

export const TRASH_MS = VAULT_LIMITS.trashDays * 86_400_000;

/** An item as doors and other rooms see it; who else sees it is counted elsewhere (holders.ts). */
export function itemView(kept: Kept): Omit<Item, 'sharedWith'> {
  const { property, label, value, parts, note, tags } = kept.content;
  const { category, kind } = entryOf(property);
  return {
    id: kept.id,
    property,
    category,
    kind,
    label,
    value,
    ...(parts && { parts }),
    tags: [...tags],
    ...(note !== undefined && { note }),
    version: kept.version,
    createdAt: kept.createdAt,
    updatedAt: kept.updatedAt,
    ...(kept.trashedAt !== null && {
      trashedAt: kept.trashedAt,
      trashedUntil: kept.trashedAt + TRASH_MS,
    }),
  };
}
