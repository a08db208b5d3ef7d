import type { BaseDeps, Tx } from '../storage/index.ts';
import { getHold, moveHold, moveHoldsOf } from './hold-store.ts';
import { getItem, updateItem } from './store.ts';
import { ownStorefront } from './storefront.ts';
import type { ItemRow } from './tables.ts';
import { tellStock } from './tell-market.ts';

/** A listing that has pieces again, or none any more. */
export interface Restocked {
  readonly listing: string;
  readonly left: 0 | 1;
}

/** Sets what is left; answers what the market has to hear: only whether any are free, when that has changed. */
export async function setStock(
  tx: Tx,
  deps: BaseDeps,
  item: ItemRow,
  stock: number,
  held = item.held,
): Promise<Restocked[]> {
  if (item.stock === stock && item.held === held) return [];
  await updateItem(tx, item, { stock, held, changed_at: deps.clock.now() });
  const [had, has] = [item.stock > item.held, stock > held];
  return had === has ? [] : [{ listing: item.listing, left: has ? 1 : 0 }];
}

/** Sets what is left and what of it is set aside, and tells the market whether any can be had. */
export async function changePieces(
  tx: Tx,
  deps: BaseDeps,
  item: ItemRow,
  change: { readonly stock?: number; readonly held?: number },
): Promise<ItemRow> {
  const after = { ...item, ...change };
  const changed: Restocked[] = await setStock(tx, deps, item, after.stock, after.held);
  if (changed.length > 0 && item.state === 'open') {
    const storefront = await ownStorefront(tx, deps, item.storefront);
    if (storefront) await tellStock(tx, deps, storefront, changed);
  }
  return after;
}

/** The item after holds past their date have been freed; a hold binds to its date and not a moment longer. */
export async function lapseHolds(tx: Tx, deps: BaseDeps, item: ItemRow): Promise<ItemRow> {
  if (item.held === 0) return item;
  const lapsed = await moveHoldsOf(tx, item, 'lapsed', deps.clock.now());
  return lapsed === 0 ? item : changePieces(tx, deps, item, { held: Math.max(0, item.held - lapsed) });
}

/** Frees what was set aside under an alias at a storefront; nothing happens when it is not set aside any more. */
export async function endHold(tx: Tx, deps: BaseDeps, storefront: string, alias: string): Promise<void> {
  const hold = await getHold(tx, tx.home, alias);
  if (hold?.storefront !== storefront || !(await moveHold(tx, alias, 'ended'))) return;
  const item = await getItem(tx, tx.home, hold.storefront, hold.number);
  if (item) await changePieces(tx, deps, item, { held: Math.max(0, item.held - 1) });
}
