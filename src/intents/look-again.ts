import { findMarket } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { castOnce } from './cast.ts';
import type { Counted } from './cell-rules.ts';
import { decide } from './decide-rules.ts';
import type { IntentDeps } from './deps.ts';
import { buyerOf, type Levels, levelsOf } from './levels.ts';
import { updateIntent } from './store.ts';
import type { IntentRow } from './tables.ts';
import { fieldsOf } from './view.ts';

/**
 * Casts a held want if the table that is here now lets it: as the cell it waits for, or as a wider one where its owner
 * said yes to that. Answers whether it did.
 */
export async function lookAgain(tx: Tx, deps: IntentDeps, row: IntentRow): Promise<boolean> {
  const market = await findMarket(tx, row.market);
  const buyer = await buyerOf(tx, tx.home);
  if (!market || !buyer.ok) return false;
  const levels = await levelsOf(tx, deps, tx.home, market, fieldsOf(row), buyer.value);
  const decision = decide(levels.counted, levelOf(levels, row.cell), row.if_below, false);
  if (decision.kind !== 'cast' && decision.kind !== 'widened') {
    await updateIntent(tx, row.id, { look_at: null });
    return false;
  }
  await castOnce(tx, deps, market, row.id, decision.as);
  await updateIntent(tx, row.id, afterCast(deps, decision.as));
  return true;
}

/** The level of a cell; as its day comes near the finest one moves, and a cell that is no longer any becomes it. */
export function levelOf(levels: Levels, cell: string): Counted {
  return levels.counted.find((it) => it.id === cell) ?? levels.finest;
}

/** What a want's row says once it has been cast as this. */
export function afterCast(
  deps: IntentDeps,
  as: Counted,
): Pick<IntentRow, 'state' | 'cell' | 'at_least' | 'cast_at' | 'look_at'> {
  return { state: 'open', cell: as.id, at_least: as.atLeast, cast_at: deps.clock.now(), look_at: null };
}
