import type { JsonObject } from '../kernel/json.ts';
import { isFailure } from '../kernel/result.ts';
import { learnMarkets } from '../market/index.ts';
import { problemAnswer, type WireResponse } from '../network/index.ts';
import { getPartyRow, NODE_HOME } from '../parties/index.ts';
import { ownKeyOf } from './ask-node.ts';
import type { MovingDeps } from './deps.ts';
import { readHandOver } from './documents.ts';
import { getInvitation, updateInvitation } from './store.ts';

/**
 * The right to act comes: for the very archive that arrived, from the very node that sent it. Without a copy here it is
 * not taken, and never will be; the answer says that, so that the old node may act again.
 */
export async function takeHandOver(
  deps: MovingDeps,
  move: string,
  peerKey: string,
  { document, markets }: JsonObject,
): Promise<WireResponse | undefined> {
  const read = readHandOver(document, peerKey);
  if (isFailure(read)) return problemAnswer(400, 'hand-over-malformed');
  const { move: named, party, sha256, from, to } = read.value;
  const isMeant = await deps.storage.transact(NODE_HOME, async (tx) => {
    const row = await getInvitation(tx, move);
    // It has come before, or it comes too late for a copy: the answer says which.
    if (row && row.state !== 'arrived') return true;
    const isOurs = named === move && from === peerKey && to === ownKeyOf(deps);
    if (!isOurs || row?.party !== party || row.sha256 !== sha256) return false;
    const copy = await getPartyRow(tx, party);
    if (copy?.paused_at == null) {
      // Without the copy there is nothing to act with: it is not taken, now or ever.
      await updateInvitation(tx, move, ['arrived'], { state: 'cancelled', changed_at: deps.clock.now() });
      return true;
    }
    const kept = JSON.stringify(document);
    const change = { state: 'handed-over', hand_over: kept, changed_at: deps.clock.now() } as const;
    await updateInvitation(tx, move, ['arrived'], change);
    if (Array.isArray(markets)) await learnMarkets(tx, markets);
    tx.wake(`changed:${party}`);
    return true;
  });
  return isMeant ? undefined : problemAnswer(400, 'hand-over-malformed');
}
