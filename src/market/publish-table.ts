import { sql } from 'kysely';
import { assert } from '../kernel/result.ts';
import { ownIdentity } from '../parties/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import { countSteps, parseCellId, stepOf } from './cells.ts';
import type { MarketDeps } from './deps.ts';
import { signTable } from './documents.ts';
import { epochOf } from './epochs.ts';
import type { TableContent } from './model.ts';
import { marketLimits } from './parts.ts';
import { type Self, signaturesText } from './store.ts';
import type { MarketTables } from './tables.ts';

type Row = TableContent['rows'][number];

/**
 * Counts the open casts of each cell and publishes what reaches the smallest number, rounded down to steps, as a
 * signed table in parts. What nobody stands behind is not counted; an account that cast in several epochs counts in
 * the fullest of them only, since tokens of two epochs may be one person's. Answers how many cells it names.
 */
export async function publishTable(tx: Tx, deps: MarketDeps, self: Self): Promise<number> {
  const now = deps.clock.now();
  const identity = await ownIdentity(tx, deps, self.id);
  assert(identity, 'a market has its identity');
  const steps = countSteps(self.rules.smallest);
  const rows = await countedCells(tx, deps, self, steps, now);
  const number = (await newestTable(tx)) + 1;
  const epoch = epochOf(now, self.rules);
  const parts = Math.max(1, Math.ceil(rows.length / marketLimits.tableRows));
  for (let part = 1; part <= parts; part++) {
    const content: TableContent = {
      market: self.id,
      epoch,
      number,
      at: now,
      smallest: self.rules.smallest,
      steps: [...steps],
      part,
      parts,
      rows: rows.slice((part - 1) * marketLimits.tableRows, part * marketLimits.tableRows),
    };
    const { document } = signTable(content, identity.key, deps.random);
    await tables<MarketTables>(tx)
      .insertInto('market_tables')
      .values({
        home_id: tx.home,
        number,
        part,
        epoch,
        published_at: now,
        payload: document.payload,
        signatures: signaturesText(document),
      })
      .execute();
  }
  return rows.length;
}

async function newestTable(tx: Tx): Promise<number> {
  const newest = await tables<MarketTables>(tx)
    .selectFrom('market_tables')
    .select('number')
    .where('home_id', '=', tx.home)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.number ?? 0;
}

async function countedCells(
  tx: Tx,
  deps: MarketDeps,
  self: Self,
  steps: readonly number[],
  now: number,
): Promise<Row[]> {
  const counted = await sql<{ cell: string; most: number }>`
    select cell, max(people) as most from (
      select cell, epoch, count(*) as people from market_casts
      where home_id = ${tx.home} and is_counted = 1 and is_open = 1 and until_at > ${now} group by cell, epoch
    ) as by_epoch group by cell having max(people) >= ${self.rules.smallest} order by cell`.execute(tx.db);
  const rows: Row[] = [];
  for (const { cell, most } of counted.rows) {
    const category = parseCellId(cell)?.category ?? '';
    // Being known to want some things could harm, so there the crowd has to be twice as large.
    const least = deps.categories.get(category)?.sensitive ? 2 * self.rules.smallest : self.rules.smallest;
    const step = most >= least ? stepOf(most, steps) : undefined;
    if (step !== undefined) rows.push([cell, step]);
  }
  return rows;
}

/** True when an epoch has begun since the newest table, or there is none yet. */
export async function isTableDue(tx: Tx, deps: MarketDeps, self: Self): Promise<boolean> {
  const newest = await tables<MarketTables>(tx)
    .selectFrom('market_tables')
    .select('epoch')
    .where('home_id', '=', tx.home)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest === undefined || newest.epoch < epochOf(deps.clock.now(), self.rules);
}
