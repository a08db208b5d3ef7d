import { type Envelope, type InboxHandler, isKey } from '../delivery/index.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { findMarket, type KnownMarket, readTable, type Table, type Verified } from '../market/index.ts';
import { keepDocument, keyOf } from '../records/index.ts';
import type { Tx } from '../storage/index.ts';
import type { IntentDeps } from './deps.ts';
import { intentLimits } from './limits.ts';
import { lookAgain } from './look-again.ts';
import { heldIntents, updateIntent } from './store.ts';
import { adoptTable, keepPart, keptTable, marketOfReply } from './table-store.ts';

/**
 * Keeps a part of a market's published table; when all parts are here, previews read it and held wants look again.
 * Refuses what the market has not signed, another market's table, and one that came to a path not made for it.
 */
export const cellsHandler: InboxHandler<IntentDeps> = {
  type: 'cells',
  async isSpeaker(tx, _deps, envelope, key) {
    const market = await marketOf(tx, envelope);
    return market?.id === envelope.from && isKey(key, market.key);
  },
  receive: receiveCells,
};

/** The market that was asked to send a table to this path. */
async function marketOf(tx: Tx, envelope: Envelope): Promise<KnownMarket | undefined> {
  const marketId = await marketOfReply(tx, tx.home, envelope.to);
  return marketId === undefined ? undefined : findMarket(tx, marketId);
}

async function receiveCells(tx: Tx, deps: IntentDeps, envelope: Envelope): Promise<Result<unknown>> {
  const market = await marketOf(tx, envelope);
  if (!market) return fail('table-unasked', 'Nobody asked for a table on this path.', 'Nothing was kept.');
  const read = readPart(market, envelope.body.table);
  if (!read.ok) return read;
  const table = read.value.value;
  const kept = await keptTable(tx, tx.home, market.id);
  if (kept?.number != null && table.number <= kept.number) return ok(true);
  const now = deps.clock.now();
  const document = await keepDocument(tx, 'cells', read.value.document, now);
  const here = await keepPart(tx, table, document);
  if (here !== table.parts) return ok(true);
  await adoptTable(tx, table, now);
  await wakeHeld(tx, deps, market.id);
  return ok(true);
}

/** A part that this market signed for itself, whose steps ascend from its smallest number. */
function readPart(market: KnownMarket, wire: unknown): Result<Verified<Table>> {
  const key = keyOf(market.key);
  const read = key ? readTable(wire, key) : undefined;
  if (!read?.ok) return fail('table-malformed', 'The market did not sign that table.', 'Nothing was kept.');
  const { market: named, steps, smallest, part, parts, rows } = read.value.value;
  const doesAscend = steps.every((step, i) => step >= smallest && step > (steps[i - 1] ?? 0));
  const isWhole = rows.every(([, step]) => step < steps.length);
  if (named === market.id && doesAscend && isWhole && part <= parts) return read;
  return fail('table-malformed', 'That table contradicts itself.', 'Nothing was kept.');
}

/**
 * Lets held wants look at the new table: the oldest at once, the others spread over a while, so that casts of one person
 * do not leave in the same moment.
 */
async function wakeHeld(tx: Tx, deps: IntentDeps, market: string): Promise<void> {
  const now = deps.clock.now();
  const [first, ...others] = await heldIntents(tx, now, { market });
  if (first) await lookAgain(tx, deps, first);
  for (const row of others) {
    const [a = 0, b = 0] = deps.random.bytes(2);
    const wait = Math.floor(((a * 256 + b) * intentLimits.spreadMs) / 65_536);
    await updateIntent(tx, row.id, { look_at: now + wait });
  }
}
