import { type Envelope, type InboxHandler, nextNumber, ownName } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { keyOf, malformed } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { readOutcome, storefrontOfTicket, type VerifiedOutcome } from './documents.ts';
import type { OutcomeResult } from './model.ts';
import { notAMarket } from './receive-storefront.ts';
import { getSelf, getStorefront } from './store.ts';
import type { MarketTables } from './tables.ts';

/**
 * How an agreement went, with both sides' signatures, counts for the vendor's standing: once per ticket, and again
 * only when something that was late or broken has been repaired; the same again changes nothing. Fails with `outcome-known`, `storefront-unknown`.
 */
async function receive(tx: Tx, _deps: MarketDeps, envelope: Envelope): Promise<Result<unknown>> {
  if (!(await getSelf(tx, tx.home))) return notAMarket();
  const { ticket, outcome } = envelope.body;
  const storefront = await getStorefront(tx, tx.home, storefrontOfTicket(ticket) ?? '');
  const key = keyOf(storefront?.public_key);
  if (!storefront || !key)
    return fail('storefront-unknown', 'This storefront is not open here.', 'Nothing was counted.');
  const read = readOutcome({ ticket, outcome }, key);
  if (!read.ok) return read;
  if (read.value.value.storefront !== storefront.id) return malformed('its ticket is for another storefront');
  return count(tx, read.value.value, JSON.stringify({ ticket, outcome }));
}

async function count(tx: Tx, outcome: VerifiedOutcome, document: string): Promise<Result<unknown>> {
  const db = tables<MarketTables>(tx);
  const before = await db
    .selectFrom('market_outcomes')
    .select('result')
    .where('home_id', '=', tx.home)
    .where('agreement', '=', outcome.agreement)
    .executeTakeFirst();
  const isRepair =
    outcome.result === 'repaired' && (before?.result === 'late' || before?.result === 'broken');
  // Whoever came back from a backup does not know that it has said so.
  if (before?.result === outcome.result) return ok('known');
  if (before && !isRepair) return fail('outcome-known', 'This has been said before.', 'It counts once.');
  const row = {
    storefront: outcome.storefront,
    result: outcome.result,
    position: await nextNumber(tx, 'outcomes'),
    document,
  };
  await db
    .insertInto('market_outcomes')
    .values({ home_id: tx.home, agreement: outcome.agreement, ...row })
    .onConflict((c) => c.columns(['home_id', 'agreement']).doUpdateSet(row))
    .execute();
  await addToStanding(tx, outcome.storefront, outcome.result, 1);
  if (before) await addToStanding(tx, outcome.storefront, before.result, -1);
  return ok(null);
}

async function addToStanding(tx: Tx, storefront: string, result: OutcomeResult, by: number): Promise<void> {
  await tables<MarketTables>(tx)
    .updateTable('market_storefronts')
    .set((e) => ({ [result]: e(result, '+', by) }))
    .where('home_id', '=', tx.home)
    .where('id', '=', storefront)
    .execute();
}

export const outcomeReceived: InboxHandler<MarketDeps> = { type: 'outcome', isSpeaker: ownName, receive };
