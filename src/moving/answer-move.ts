import type { Guard } from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { isFailure } from '../kernel/result.ts';
import { problemAnswer, verifyRequest, type WireRequest, type WireResponse } from '../network/index.ts';
import { NODE_HOME, nodeIdentityKey } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { type Answer, signAnswer, wireOf } from './documents.ts';
import { inFile, sizeOf } from './files.ts';
import { MOVE_LIMITS } from './limits.ts';
import { getInvitation, getMove, MOVES, updateInvitation } from './store.ts';
import type { InvitationRow } from './tables.ts';
import { takeHandOver } from './take-hand-over.ts';
import { takeOffer } from './take-offer.ts';
import { takePart } from './take-part.ts';
import { jsonOctets, MOVE, MOVE_PART, type MovePath, objectIn } from './wire.ts';

/** What the node that a party comes from is answered: always how far its move is here, signed. */
export async function answerMove(
  deps: MovingDeps,
  guard: Guard,
  request: WireRequest,
  side: string | undefined,
  path: MovePath,
): Promise<WireResponse> {
  const isPart = path.verb === 'part';
  if (request.method !== 'POST') return problemAnswer(405, 'method-refused');
  if (request.headers['content-type'] !== (isPart ? MOVE_PART : MOVE))
    return problemAnswer(415, 'type-unknown');
  const most = isPart ? MOVE_LIMITS.partBytes : MOVE_LIMITS.messageBytes;
  if (request.body.length > most) return problemAnswer(413, 'request-too-large');
  const tooMuch = guard.checkSide(request, side);
  if (tooMuch) return tooMuch;
  const verified = verifyRequest(request, deps.clock.now());
  if (isFailure(verified)) {
    const more = verified.code === 'clock-differs' ? { now: deps.clock.now() } : {};
    return problemAnswer(401, verified.code, more);
  }
  const known = await deps.storage.read((view) => getInvitation(view, path.move));
  if (!known) return problemAnswer(404, 'invitation-unknown');
  const body = isPart ? {} : objectIn(request.body);
  if (!body) return problemAnswer(400, 'message-malformed');
  const peerKey = toBase64url(verified.value.publicKey);
  if (path.verb === 'offer') {
    const refused = await takeOffer(deps, known, peerKey, body);
    if (refused) return refused;
  } else if (known.peer_key !== peerKey) return problemAnswer(403, 'invitation-taken');
  if (isPart) await takePart(deps, path.move, path.offset, request.body);
  if (path.verb === 'hand-over') {
    const refused = await takeHandOver(deps, path.move, peerKey, body);
    if (refused) return refused;
  }
  if (path.verb === 'cancel') await cancel(deps, path.move);
  return answerOf(deps, path.move);
}

/** The old node takes it back: nothing of it stays here. Too late once the hand-over has come. */
async function cancel(deps: MovingDeps, move: string): Promise<void> {
  await deps.storage.transact(NODE_HOME, async (tx) => {
    const before = ['invited', 'receiving', 'checking', 'arrived'] as const;
    await updateInvitation(tx, move, before, { state: 'cancelled', changed_at: deps.clock.now() });
    tx.wake(MOVES);
  });
}

/** How far it is, from the rows, signed with this node's own key. */
async function answerOf(deps: MovingDeps, move: string): Promise<WireResponse> {
  const found = await deps.storage.read(async (view) => {
    const row = await getInvitation(view, move);
    const isInUse = row?.party != null && (await getMove(view, row.party, move))?.is_in === true;
    return row && { row, isInUse };
  });
  if (!found) return problemAnswer(404, 'invitation-unknown');
  const { row, isInUse } = found;
  const answer = {
    move,
    state: isInUse ? 'in-use' : STATES[row.state],
    have: row.state === 'receiving' ? await sizeOf(inFile(deps, move)) : 0,
    sha256: row.sha256,
    party: row.party,
    handle: row.handle === '' ? null : row.handle,
    summary: row.state === 'arrived' && row.summary !== null ? JSON.parse(row.summary) : null,
    problem: row.problem,
  } as const;
  const body = jsonOctets(wireOf(signAnswer(answer, nodeIdentityKey(deps.nodeKey))));
  return { status: 200, headers: { 'content-type': MOVE }, body };
}

const STATES: Readonly<Record<InvitationRow['state'], Answer['state']>> = {
  invited: 'receiving',
  receiving: 'receiving',
  checking: 'checking',
  arrived: 'arrived',
  'handed-over': 'handed-over',
  'in-use': 'in-use',
  refused: 'refused',
  cancelled: 'gone',
  expired: 'gone',
};
