import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { itemsOf, itemUnknown } from './items.ts';
import type { Item, ItemRow } from './model.ts';
import { getItemRow, updateItem } from './store.ts';
import { TRASH_MS } from './view.ts';

export const RestoreItem = z.object({ id });

/**
 * Takes an item out of the trash as it was; one that is not in it stays as it is.
 * Fails with `item-unknown`, also when its 30 days are over.
 */
export async function restoreItem(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RestoreItem>,
): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    const next = await restore(tx, input.id, now);
    if (!next.ok) return next;
    const [item] = await itemsOf(tx, tx.home, [next.value], now);
    return item ? ok(item) : itemUnknown();
  });
}

/** Takes one item out of the trash. */
export async function restore(tx: Tx, item: string, now: Instant): Promise<Result<ItemRow>> {
  const row = await getItemRow(tx, tx.home, item);
  if (!row || (row.trashed_at !== null && row.trashed_at <= now - TRASH_MS)) return itemUnknown();
  if (!row.is_trashed) return ok(row);
  const next = { ...row, version: row.version + 1, updated_at: now, is_trashed: false, trashed_at: null };
  await updateItem(tx, next, 'restored', now);
  return ok(next);
}
