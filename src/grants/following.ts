import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { noteHolder, type VaultTables } from '../vault/index.ts';
import type { GrantTables } from './model.ts';

/** How many grants of mine give later values of items of a category too, and so give none once the node reads none. */
export async function countFollowing(
  view: View,
  home: HomeId,
  category: VaultTables['items']['category'],
  now: Instant,
): Promise<number> {
  const { total } = await tables<GrantTables & Pick<VaultTables, 'items'>>(view)
    .selectFrom('grants as g')
    .innerJoin('items as i', (join) => join.onRef('i.home_id', '=', 'g.home_id').onRef('i.id', '=', 'g.item'))
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('g.home_id', '=', home)
    .where('i.category', '=', category)
    .where('g.is_mine', '=', true)
    .where('g.is_following', '=', true)
    .where('g.state', '=', 'active')
    .where((e) => e.or([e('g.until_at', 'is', null), e('g.until_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return total;
}

/** Notes again who sees items that were sealed and come back: what was given before stands. */
export async function noteHoldersAgain(tx: Tx, items: readonly string[]): Promise<void> {
  if (items.length === 0) return;
  const rows = await tables<GrantTables>(tx)
    .selectFrom('grants')
    .select(['rel', 'item', 'until_at'])
    .where('home_id', '=', tx.home)
    .where('item', 'in', items)
    .where('is_mine', '=', true)
    .where('state', '=', 'active')
    .execute();
  for (const { rel, item, until_at } of rows)
    if (item !== null) await noteHolder(tx, rel, [item], until_at ?? undefined);
}
