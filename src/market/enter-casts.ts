import type { Instant } from '../kernel/clock.ts';
import { assert } from '../kernel/result.ts';
import { insertRows, type Tx } from '../storage/index.ts';
import { type Cell, cellId } from './cells.ts';
import type { MarketDeps } from './deps.ts';
import { epochOf } from './epochs.ts';
import { enterCell } from './receive-cast.ts';
import type { Self } from './store.ts';
import type { CastRow } from './tables.ts';

/** A cast of a sample: nobody waits for answers to it. */
interface SampleCast {
  readonly id: string;
  readonly key: string;
  readonly cell: Cell;
  readonly until: Instant;
  readonly isCounted: boolean;
}

/** Lets casts of a sample into a sample market, many at once; they are counted, and never quoted or shown to vendors. */
export async function enterSampleCasts(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  casts: readonly SampleCast[],
): Promise<void> {
  assert(self.isSample, 'only a sample market takes sample casts');
  const now = deps.clock.now();
  const cells = new Map(casts.map((cast) => [cellId(cast.cell), cast.cell]));
  for (const cell of cells.values()) assert(await enterCell(tx, deps, cell), 'a sample cell is known');
  const rows = casts.map(
    (cast): CastRow => ({
      home_id: tx.home,
      id: cast.id,
      cell: cellId(cast.cell),
      public_key: cast.key,
      host: null,
      inbox: null,
      cast_at: now,
      until_at: cast.until,
      epoch: epochOf(now, self.rules),
      is_counted: cast.isCounted,
      is_open: true,
      is_waiting: false,
      quoted: 0,
      answered: 0,
    }),
  );
  await insertRows(tx, 'market_casts', rows);
}
