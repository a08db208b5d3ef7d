import { assert } from '../kernel/result.ts';
import { insertRows, type Tx, tables } from '../storage/index.ts';
import type { OutcomeResult } from './model.ts';
import type { Self } from './store.ts';
import type { MarketTables } from './tables.ts';

export interface SampleOutcome {
  readonly ticket: string;
  readonly result: OutcomeResult;
  /** An `OutcomeRecord` as JSON. */
  readonly document: string;
}

/** Gives a storefront of a sample its standing: outcomes that its own key and one-use keys have signed. */
export async function enterSampleOutcomes(
  tx: Tx,
  self: Self,
  storefront: string,
  outcomes: readonly SampleOutcome[],
  firstPosition: number,
): Promise<void> {
  assert(self.isSample, 'only a sample market takes sample outcomes');
  const rows = outcomes.map((outcome, i) => ({
    home_id: tx.home,
    agreement: outcome.ticket,
    storefront,
    result: outcome.result,
    position: firstPosition + i,
    document: outcome.document,
  }));
  await insertRows(tx, 'market_outcomes', rows);
  const count = (result: OutcomeResult): number => outcomes.filter((o) => o.result === result).length;
  await tables<MarketTables>(tx)
    .updateTable('market_storefronts')
    .set({ kept: count('kept'), late: count('late'), broken: count('broken'), repaired: count('repaired') })
    .where('home_id', '=', tx.home)
    .where('id', '=', storefront)
    .execute();
}
