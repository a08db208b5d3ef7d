import {
  type CarryLane,
  carryAcross,
  type Elsewhere,
  type Guard,
  type Handlers,
  readPosted,
  takePosted,
} from '../delivery/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { isFailure, ok } from '../kernel/result.ts';
import {
  ENVELOPES,
  inboxOf,
  originOf,
  problemAnswer,
  STAMP_HEADER,
  verifyRequest,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { getPartyRow, homeOfInboxPath, nodeIdentityKey } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { movesOf } from './store.ts';
import type { MoveRow } from './tables.ts';
import { forwardedUrl, signedByNode } from './wire.ts';

/** The fields that say for what and by whom a request was signed first; they prove themselves. */
const CARRIED = ['signature-input', 'signature', 'content-digest'];
const PREFIX = 'parley-forwarded-';
const URL_FIELD = `${PREFIX}url`;

/**
 * Sends on what still comes for a party that has moved away, and answers what the new node answers, octet by octet. The
 * first signature goes with it, so that nobody has to believe this node whose words they are.
 */
export function sendOnward(deps: MovingDeps): Elsewhere {
  return async (home, request) => {
    const move = await forwardingOf(deps, home);
    return move && forward(deps, move, request);
  };
}

async function forward(deps: MovingDeps, move: MoveRow, request: WireRequest): Promise<WireResponse> {
  const url = forwardedUrl(originOf(move.host, deps.wayOut.plainHosts), move.home_id);
  const headers: Record<string, string> = { 'content-type': ENVELOPES, [URL_FIELD]: request.url };
  for (const name of CARRIED) headers[PREFIX + name] = request.headers[name] ?? '';
  const stamp = request.headers[STAMP_HEADER];
  if (stamp !== undefined) headers[STAMP_HEADER] = stamp;
  const again = { method: 'POST', url, headers, body: request.body };
  const key = nodeIdentityKey(deps.nodeKey);
  const answer = await deps.wayOut.exchange(signedByNode(deps, again, key, 0));
  if (isFailure(answer)) return problemAnswer(503, 'party-moving');
  const { status, headers: fields, body } = answer.value;
  return { status, headers: { 'content-type': fields['content-type'] ?? ENVELOPES }, body };
}

/** The move by which a party that is not in use here is reached; undefined when there is none. */
async function forwardingOf(deps: MovingDeps, home: HomeId): Promise<MoveRow | undefined> {
  return deps.storage.read(async (view) => {
    const party = await getPartyRow(view, home);
    if (party?.paused_at === null) return undefined;
    const move = (await movesOf(view, home)).find((it) => it.state === 'forwarding');
    return move && deps.clock.now() <= move.until_at ? move : undefined;
  });
}

/** What neighbours say to an inbox of somebody who has moved away goes the same way as from outside, and is signed. */
export function carryOnward(deps: MovingDeps): (inbox: string) => Promise<CarryLane | undefined> {
  const toNewNode = carryAcross(deps, {
    plainHosts: deps.wayOut.plainHosts,
    async exchange(request) {
      const home = homeOfInboxPath(deps.nodeKey, inboxOf(request.url) ?? '');
      const move = home === undefined ? undefined : await forwardingOf(deps, home);
      return ok(move ? await forward(deps, move, request) : problemAnswer(503, 'party-moving'));
    },
  });
  return async (inbox) => {
    const home = homeOfInboxPath(deps.nodeKey, inbox);
    const move = home === undefined ? undefined : await forwardingOf(deps, home);
    return move && toNewNode;
  };
}

/**
 * Takes what a node sends on that a party of this one came from: the signature of the first sender is verified as if it
 * had come to the old address, and the receipt is signed by the key of that time.
 */
export async function takeForwarded<Deps extends MovingDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  guard: Guard,
  request: WireRequest,
  side: string | undefined,
  home: HomeId,
): Promise<WireResponse> {
  if (request.method !== 'POST') return problemAnswer(405, 'method-refused');
  const tooMuch = guard.checkSide(request, side);
  if (tooMuch) return tooMuch;
  const verified = verifyRequest(request, deps.clock.now());
  if (isFailure(verified)) return problemAnswer(503, 'party-moving');
  const first = firstOf(request);
  const inbox = first && URL.canParse(first.url) ? inboxOf(first.url) : undefined;
  if (!first || inbox === undefined) return problemAnswer(400, 'forwarded-malformed');
  const peerKey = toBase64url(verified.value.publicKey);
  const cameFrom = await deps.storage.read(async (view) => {
    const moves = await movesOf(view, home);
    return moves.some((it) => it.is_in && it.peer_key === peerKey);
  });
  if (!cameFrom) return problemAnswer(403, 'forwarded-foreign');
  const posted = readPosted(deps, first, inbox);
  if ('status' in posted) return posted;
  const onward = await forwardingOf(deps, home);
  return onward ? forward(deps, onward, first) : takePosted(deps, handlers, guard, first, home, posted);
}

/** The request as it first was. */
function firstOf(request: WireRequest): WireRequest | undefined {
  const url = request.headers[URL_FIELD];
  if (url === undefined) return undefined;
  const headers: Record<string, string> = { 'content-type': ENVELOPES };
  for (const name of CARRIED) headers[name] = request.headers[PREFIX + name] ?? '';
  const stamp = request.headers[STAMP_HEADER];
  if (stamp !== undefined) headers[STAMP_HEADER] = stamp;
  return { method: 'POST', url, headers, body: request.body };
}
