import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { itemsOf, itemUnknown } from './items.ts';
import type { Item, ItemRow } from './model.ts';
import { changedSince } from './put-item.ts';
import { eraseTrashed, getItemRow, updateItem } from './store.ts';
import { TRASH_MS } from './view.ts';

export const RemoveItem = z.object({ id, ifVersion: z.int().min(1).optional() });

/**
 * Puts an item into the trash, where it stays for 30 days; what left the trash by time is erased with its history.
 * Again for the same item changes nothing. Fails with `item-unknown`, `item-changed`.
 */
export async function removeItem(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RemoveItem>,
): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    await eraseTrashed(tx, now - TRASH_MS);
    const next = await trash(tx, input.id, now, input.ifVersion);
    if (!next.ok) return next;
    const [item] = await itemsOf(tx, tx.home, [next.value], now);
    return item ? ok(item) : itemUnknown();
  });
}

/** Puts one item into the trash; what lies there stays as it is. */
export async function trash(
  tx: Tx,
  item: string,
  now: Instant,
  ifVersion?: number,
): Promise<Result<ItemRow>> {
  const row = await getItemRow(tx, tx.home, item);
  if (!row) return itemUnknown();
  if (row.is_trashed) return ok(row);
  const stale = changedSince(row, ifVersion);
  if (stale) return stale;
  const next = { ...row, version: row.version + 1, updated_at: now, is_trashed: true, trashed_at: now };
  await updateItem(tx, next, 'removed', now);
  return ok(next);
}
