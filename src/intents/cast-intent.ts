import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { KnownMarket } from '../market/index.ts';
import type { Tx } from '../storage/index.ts';
import { askForTable } from './ask-table.ts';
import { castOnce } from './cast.ts';
import { type Decision, decide } from './decide-rules.ts';
import type { IntentDeps } from './deps.ts';
import { buyerOf, completeFields, levelsOf, marketFor } from './levels.ts';
import { IfBelow, IntentFields } from './model.ts';
import { keyOfFields, newIntent } from './new-intent.ts';
import { isOpenBelow } from './preview-cast.ts';
import { countActive, findByOpenKey, insertIntent, updateIntent } from './store.ts';
import type { IntentRow } from './tables.ts';
import { Intent, intentView } from './view.ts';

export const CastIntent = z.object({
  fields: IntentFields,
  market: id
    .optional()
    .describe('The one of your newest want when left out, else the sample, else the first.'),
  choice: z
    .string()
    .max(LIMITS.lineChars)
    .optional()
    .describe('The id of a cell from the preview; the finest one when left out.'),
  ifBelow: IfBelow.default('hold').describe('What to do when too few people could have said it.'),
});
type Input = z.output<typeof CastIntent>;

export const Happened = z.enum(['cast', 'widened', 'held', 'let-go']);
export const CastAnswer = Intent.extend({
  happened: Happened.describe('Which of these became of it; what was let go is not kept.'),
});
export type CastAnswer = z.infer<typeof CastAnswer>;

/**
 * Casts a want as the chosen cell, or holds it, widens it or lets it go when too few people could have said it, and
 * says which. Fails with `market-unknown`, `party-paused`, `choice-unknown`, `intent-repeated`, `too-many-intents` or
 * as `checkFields` does; nothing is sent or kept then.
 */
export async function castIntent(
  deps: IntentDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<CastAnswer>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const market = await marketFor(tx, actor.home, input.market);
    if (!market.ok) return market;
    const fields = await completeFields(tx, deps, actor.home, input.fields);
    if (!fields.ok) return fields;
    const buyer = await buyerOf(tx, actor.home);
    if (!buyer.ok) return buyer;
    const openKey = keyOfFields(fields.value);
    const room = await checkRoom(tx, deps, openKey);
    if (!room.ok) return room;
    const levels = await levelsOf(tx, deps, actor.home, market.value, fields.value, buyer.value);
    const wanted =
      input.choice === undefined ? levels.finest : levels.counted.find((it) => it.id === input.choice);
    if (!wanted) {
      return fail('choice-unknown', 'That level does not belong to this want.', 'Look at the preview again.');
    }
    const isAllowedBelow = input.choice !== undefined && isOpenBelow(market.value, levels, wanted);
    const decision = decide(levels.counted, wanted, input.ifBelow, isAllowedBelow);
    const row = newIntent(tx, deps, {
      market: market.value,
      fields: fields.value,
      openKey,
      ifBelow: input.ifBelow,
      decision,
    });
    if (decision.kind !== 'let-go') await carryOut(tx, deps, market.value, row, decision);
    return ok({ ...intentView(row, undefined, deps.clock.now()), happened: decision.kind });
  });
}

async function carryOut(
  tx: Tx,
  deps: IntentDeps,
  market: KnownMarket,
  row: IntentRow,
  decision: Decision,
): Promise<void> {
  await insertIntent(tx, row);
  if (decision.kind === 'held') await askForTable(tx, deps, market);
  else await castOnce(tx, deps, market, row.id, decision.as);
}

/** Whether one more want may be open, and this very one is not open already; two tabs at once included. */
async function checkRoom(tx: Tx, deps: IntentDeps, openKey: string): Promise<Result<true>> {
  const now = deps.clock.now();
  const same = await findByOpenKey(tx, openKey);
  if (same && same.until_at > now) {
    return fail(
      'intent-repeated',
      'This very want is open already; it was not cast a second time.',
      'Look at its offers, widen it, or change what you want.',
    );
  }
  if (same) await updateIntent(tx, same.id, { state: 'expired', open_key: null, look_at: null });
  if ((await countActive(tx, tx.home, now)) < LIMITS.openIntents) return ok(true);
  return fail(
    'too-many-intents',
    `You have ${LIMITS.openIntents} wants open, which is as many as may be.`,
    'Close one that you no longer need.',
  );
}
