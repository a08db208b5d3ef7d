import type { HomeId } from '../kernel/ids.ts';
import { ok, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import type { DeliveryTables, Envelope } from './model.ts';
import { type Handlers, keepReceipts, outOfTime, type SignedBy } from './receive.ts';

/**
 * Takes the first envelopes of a lane in one transaction, as far as nothing is odd about them: what is looked up is looked
 * up once, and what is written is written together. Answers their receipts; what is left is for `receive`, which says of
 * each what is wrong with it.
 */
export async function receiveTogether<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  home: HomeId,
  lane: readonly Envelope[],
  signedBy: SignedBy,
): Promise<Result<Uint8Array>[]> {
  const [first] = lane;
  const handler = first && handlers.get(first.type);
  const take = handler?.receiveTogether;
  if (!first || !take) return [];
  const receipts = await deps.storage.transact(home, async (tx) => {
    // Within the transaction: what is taken in after the pause would not be in the archive that moves.
    if ((await getPartyRow(tx, home))?.paused_at !== null) return [];
    const fresh = await freshOf(tx, deps, lane, first);
    if (fresh.length === 0) return [];
    if (signedBy !== 'neighbour' && !(await handler.isSpeaker(tx, deps, first, signedBy))) return [];
    const count = await take(tx, deps, fresh);
    return keepReceipts(tx, deps, fresh.slice(0, count), { result: 'acted' });
  });
  return receipts.map(ok);
}

/** The first envelopes of a lane that are of one kind, in time, and here for the first time. */
async function freshOf(
  tx: Tx,
  deps: BaseDeps,
  lane: readonly Envelope[],
  first: Envelope,
): Promise<readonly Envelope[]> {
  const ids = lane.map((it) => it.id);
  const stored = await tables<DeliveryTables>(tx)
    .selectFrom('inbox')
    .select('id')
    .where('home_id', '=', tx.home)
    .where('sender', '=', first.from)
    .where('id', 'in', ids)
    .execute();
  const known = new Set(stored.map((row) => row.id));
  const now = deps.clock.now();
  const odd = lane.findIndex((it) => {
    const isLike = it.type === first.type && it.from === first.from && it.to === first.to;
    if (!isLike || known.has(it.id) || outOfTime(it, now)) return true;
    known.add(it.id);
    return false;
  });
  return odd < 0 ? lane : lane.slice(0, odd);
}
