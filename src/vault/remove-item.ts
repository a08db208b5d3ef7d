import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { changedSince, itemUnknown } from './failures.ts';
import { itemsOf } from './items.ts';
import type { Item, Kept } from './model.ts';
import { refuseSealed } from './modes.ts';
import { categoryOf, eraseOldTrash, getKept, updateItem } from './store.ts';

export const RemoveItem = z.object({ id, ifVersion: z.int().min(1).optional() });

/**
 * Puts an item into the trash, where it stays for 30 days; what left the trash by time is erased with its history.
 * Again for the same item changes nothing. Fails with `item-unknown`, `item-changed`, `category-sealed`.
 */
export async function removeItem(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RemoveItem>,
): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const now = deps.clock.now();
    await eraseOldTrash(tx, deps);
    const next = await trash(tx, deps, input.id, input.ifVersion);
    if (!next.ok) return next;
    const [item] = await itemsOf(tx, tx.home, [next.value], now);
    return item ? ok(item) : itemUnknown();
  });
}

/** Puts one item into the trash; what lies there stays as it is. */
export async function trash(tx: Tx, deps: BaseDeps, item: string, ifVersion?: number): Promise<Result<Kept>> {
  const kept = await getKept(tx, deps, tx.home, item);
  if (!kept) return itemUnknown();
  if (kept.trashedAt !== null) return ok(kept);
  const sealed = await refuseSealed(tx, categoryOf(kept.content));
  if (sealed) return sealed;
  const stale = changedSince(kept, ifVersion);
  if (stale) return stale;
  const now = deps.clock.now();
  const next = { ...kept, version: kept.version + 1, updatedAt: now, trashedAt: now };
  await updateItem(tx, deps, next, 'removed');
  return ok(next);
}
