import { replyAddress, send } from '../delivery/index.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { epochOf, type KnownMarket } from '../market/index.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { asCast, castKey, castKeyName } from './cast.ts';
import { intentLimits } from './limits.ts';
import { keptTable, noteAsked } from './table-store.ts';
import type { KeptTableRow } from './tables.ts';

/** Whether the table here is missing or of an earlier epoch, and none was asked for just now. */
function isTableWanted(table: KeptTableRow | undefined, market: KnownMarket, now: Instant): boolean {
  const isNew =
    table?.published_at != null && epochOf(table.published_at, market.rules) >= epochOf(now, market.rules);
  return !isNew && (table?.asked_at ?? -Infinity) + intentLimits.askAgainMs <= now;
}

/**
 * Asks a market for its newest table where one is wanted. The message says nothing about any want, and comes from a key
 * and to a path made for it alone. Answers whether it asked.
 */
export async function askForTable(tx: Tx, deps: BaseDeps, market: KnownMarket): Promise<boolean> {
  const now = deps.clock.now();
  const table = await keptTable(tx, tx.home, market.id);
  if (!isTableWanted(table, market, now)) return false;
  const question = newId(deps.random);
  const key = await castKey(tx, deps, question);
  const isHere = deps.ownHosts.has(market.address.host);
  const before = isHere ? unansweredPath(table) : undefined;
  const until = now + intentLimits.tableWaitMs;
  const reply =
    before === undefined
      ? await replyAddress(tx, deps, market.address.host, castKeyName(question), until)
      : { host: deps.host, inbox: before };
  await noteAsked(tx, market.id, reply.inbox, now);
  await send(tx, deps, {
    to: { ...market.address, key: market.key },
    as: asCast(key, question),
    type: 'cells-wanted',
    body: { reply: { ...reply } },
  });
  return true;
}

/** The path that an earlier question named, while its answer may still be on its way. */
function unansweredPath(table: KeptTableRow | undefined): string | undefined {
  const isAnswered = (table?.kept_at ?? -1) >= (table?.asked_at ?? 0);
  return isAnswered ? undefined : (table?.reply ?? undefined);
}

/** The same outside a transaction, when a look tells that it is needed. */
export async function fetchTable(deps: BaseDeps, home: string, market: KnownMarket): Promise<boolean> {
  const isWanted = await deps.storage.read(async (view: View) =>
    isTableWanted(await keptTable(view, home, market.id), market, deps.clock.now()),
  );
  return isWanted && deps.storage.transact(home, (tx) => askForTable(tx, deps, market));
}
