import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { KnownMarket } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { askForTable } from './ask-table.ts';
import { castOnce } from './cast.ts';
import type { CastAnswer, Happened } from './cast-intent.ts';
import { castsOf } from './cast-store.ts';
import { type Counted, widerThan } from './cell-rules.ts';
import type { IntentDeps } from './deps.ts';
import { findActive, showIntent } from './get-intent.ts';
import { buyerOf, levelsOf, marketFor } from './levels.ts';
import { intentLimits } from './limits.ts';
import { afterCast, levelOf } from './look-again.ts';
import { updateIntent } from './store.ts';
import type { IntentRow } from './tables.ts';
import { fieldsOf } from './view.ts';

export const WidenIntent = z.object({ id });

/**
 * Tells the market one step less, with this very yes. A held want is cast, or held on with the standing yes to any wider
 * level that fills; an open one is cast once more as something wider, under a key, an id and a path of its own, and its
 * first cast runs on so that nothing ties the two. Fails with `intent-unknown`, `intent-not-open`, `nothing-wider`,
 * `too-many-casts`, `market-unknown` or `party-paused`.
 */
export async function widenIntent(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof WidenIntent>,
): Promise<Result<CastAnswer>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await findActive(tx, deps, input.id);
    if (!row.ok) return row;
    const market = await marketFor(tx, row.value.market);
    if (!market.ok) return market;
    const buyer = await buyerOf(tx, actor.home);
    if (!buyer.ok) return buyer;
    const levels = await levelsOf(tx, deps, actor.home, market.value, fieldsOf(row.value), buyer.value);
    const from = levelOf(levels, row.value.cell);
    const wider = widerThan(levels.counted, from);
    const done =
      row.value.state === 'open'
        ? await castWider(tx, deps, market.value, row.value, wider)
        : await releaseHeld(tx, deps, market.value, row.value, from.isBelow ? wider : from);
    if (!done.ok) return done;
    const after = await showIntent(tx, deps, actor.home, input.id);
    return after.ok ? ok({ ...after.value, happened: done.value }) : after;
  });
}

type Happening = z.infer<typeof Happened>;

async function castWider(
  tx: Tx,
  deps: IntentDeps,
  market: KnownMarket,
  row: IntentRow,
  wider: Counted | undefined,
): Promise<Result<Happening>> {
  if (!wider) {
    return fail(
      'nothing-wider',
      'No wider level has enough people in it at the moment; the want stays as it is.',
      'Try again when the market has published its next table.',
    );
  }
  if ((await castsOf(tx, tx.home, row.id)).length >= intentLimits.castsPerIntent) {
    return fail(
      'too-many-casts',
      `This want has been cast ${intentLimits.castsPerIntent} times, which is as often as may be.`,
      'Close it and write a new one.',
    );
  }
  await castOnce(tx, deps, market, row.id, wider);
  await updateIntent(tx, row.id, afterCast(deps, wider));
  return ok('widened');
}

async function releaseHeld(
  tx: Tx,
  deps: IntentDeps,
  market: KnownMarket,
  row: IntentRow,
  level: Counted | undefined,
): Promise<Result<Happening>> {
  if (!level) {
    await updateIntent(tx, row.id, { if_below: 'widen' });
    await askForTable(tx, deps, market);
    return ok('held');
  }
  await castOnce(tx, deps, market, row.id, level);
  await updateIntent(tx, row.id, afterCast(deps, level));
  return ok(level.id === row.cell ? 'cast' : 'widened');
}
