import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { itemUnknown } from './failures.ts';
import { itemsOf } from './items.ts';
import type { Item, Kept } from './model.ts';
import { refuseSealed } from './modes.ts';
import { categoryOf, getKept, updateItem } from './store.ts';
import { TRASH_MS } from './view.ts';

export const RestoreItem = z.object({ id });

/**
 * Takes an item out of the trash as it was; one that is not in it stays as it is.
 * Fails with `item-unknown`, also when its 30 days are over, and with `category-sealed`.
 */
export async function restoreItem(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RestoreItem>,
): Promise<Result<Item>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const next = await restore(tx, deps, input.id);
    if (!next.ok) return next;
    const [item] = await itemsOf(tx, tx.home, [next.value], deps.clock.now());
    return item ? ok(item) : itemUnknown();
  });
}

/** Takes one item out of the trash. */
export async function restore(tx: Tx, deps: BaseDeps, item: string): Promise<Result<Kept>> {
  const now = deps.clock.now();
  const kept = await getKept(tx, deps, tx.home, item);
  if (!kept || (kept.trashedAt !== null && kept.trashedAt <= now - TRASH_MS)) return itemUnknown();
  if (kept.trashedAt === null) return ok(kept);
  const sealed = await refuseSealed(tx, categoryOf(kept.content));
  if (sealed) return sealed;
  const next = { ...kept, version: kept.version + 1, updatedAt: now, trashedAt: null };
  await updateItem(tx, deps, next, 'restored');
  return ok(next);
}
