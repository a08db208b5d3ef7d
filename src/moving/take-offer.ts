import { z } from 'zod';
import { isPartyId } from '../archive/index.ts';
import { equalBytes, fromBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { problemAnswer, type WireResponse } from '../network/index.ts';
import { getPartyRow, NODE_HOME } from '../parties/index.ts';
import type { Tx } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { dropFile, inFile } from './files.ts';
import { MOVE_LIMITS } from './limits.ts';
import { getInvitation, MOVES, movesOf, secretOf, updateInvitation } from './store.ts';
import type { InvitationRow } from './tables.ts';
import { proofOf } from './wire.ts';

const Offer = z.strictObject({
  v: z.literal(1),
  proof: z.string().length(43),
  party: z.string().refine(isPartyId),
  host: z.string().regex(/^[a-z0-9.-]{1,253}(:[0-9]{1,5})?$/),
  size: z.int().min(1).max(MOVE_LIMITS.archiveBytes),
  sha256: z.string().length(43),
});

/**
 * Somebody comes with the invitation: the first who proves to have it is the only one from then on. An archive that was
 * packed anew takes the place of the one before it, as long as nothing has arrived whole. Answers what is wrong, if so.
 */
export async function takeOffer(
  deps: MovingDeps,
  known: InvitationRow,
  peerKey: string,
  body: JsonObject,
): Promise<WireResponse | undefined> {
  const offer = Offer.safeParse(body);
  if (!offer.success) return problemAnswer(400, 'message-malformed');
  const { proof, party, host, size, sha256 } = offer.data;
  const key = fromBase64url(peerKey) ?? new Uint8Array(0);
  if (!equalBytes(toUtf8(proofOf(secretOf(deps.nodeKey, known), key)), toUtf8(proof)))
    return problemAnswer(403, 'invitation-taken');
  const path = inFile(deps, known.id);
  return deps.doings.inTurn(known.id, async () => {
    const now = deps.clock.now();
    const outcome = await deps.storage.transact(NODE_HOME, async (tx) => {
      const row = await getInvitation(tx, known.id);
      if (!row || (row.peer_key !== null && row.peer_key !== peerKey)) return 'taken';
      if (row.state !== 'invited' && row.state !== 'receiving') return 'known';
      if (row.party !== null && row.party !== party) return 'taken';
      if (now > row.until_at) {
        await updateInvitation(tx, row.id, [row.state], { state: 'expired', changed_at: now });
        return 'known';
      }
      if (await isInTheWay(tx, party)) {
        const problem = 'party-exists';
        await updateInvitation(tx, row.id, [row.state], { state: 'refused', problem, changed_at: now });
        return 'known';
      }
      if (row.sha256 === sha256 && row.size === size) return 'known';
      await updateInvitation(tx, row.id, [row.state], {
        ...{ state: 'receiving', peer_key: peerKey, peer_host: host, party, size, sha256, changed_at: now },
      });
      tx.wake(MOVES);
      return 'new';
    });
    if (outcome === 'new') await dropFile(path);
    return outcome === 'taken' ? problemAnswer(403, 'invitation-taken') : undefined;
  });
}

/** A party that is here already, unless it is what stayed after it had moved away: then it comes back. */
async function isInTheWay(tx: Tx, party: string): Promise<boolean> {
  const row = await getPartyRow(tx, party);
  if (!row) return false;
  const [newest] = await movesOf(tx, party);
  return row.paused_at === null || newest?.state !== 'forwarding';
}
