import { type Guard, takeCollection, takeEnvelopes } from '../delivery/index.ts';
import { answerDiscovery, isDiscovery } from '../discovery/index.ts';
import { HANDLERS } from '../handlers.ts';
import { toUtf8 } from '../kernel/bytes.ts';
import { publicMarkets } from '../market/index.ts';
import { answerMove, forwardedHomeOf, movePathOf, sendOnward, takeForwarded } from '../moving/index.ts';
import {
  DOCUMENT,
  isCollection,
  problemAnswer,
  VERSION,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import type { Deps } from '../operations.ts';

const VERSIONED = /^\/parley\/v([0-9]{1,6})\//;

/** What this node answers other nodes; everything else it is asked is for people and their programs. */
export async function answerPeer(
  deps: Deps,
  guard: Guard,
  request: WireRequest,
  side: string | undefined,
): Promise<WireResponse> {
  if (deps.publicOrigin === undefined) return problemAnswer(404, 'not-found');
  const { pathname } = new URL(request.url);
  if (pathname === DOCUMENT) return nodeDocument(deps, request);
  if (isDiscovery(pathname))
    return guard.checkSide(request, side) ?? answerDiscovery(deps, deps.publicOrigin, request);
  const version = VERSIONED.exec(pathname)?.[1];
  if (version === undefined) return problemAnswer(404, 'not-found');
  if (Number(version) !== VERSION) return problemAnswer(404, 'version-unknown', { speaks: [VERSION] });
  if (isCollection(request.url)) return takeCollection(deps, request, guard, side);
  const move = movePathOf(request.url);
  if (move) return answerMove(deps, guard, request, side, move);
  const home = forwardedHomeOf(request.url);
  if (home !== undefined) return takeForwarded(deps, HANDLERS, guard, request, side, home);
  return takeEnvelopes(deps, HANDLERS, request, guard, side, sendOnward(deps));
}

/** What this node says of itself to whoever asks. */
async function nodeDocument(deps: Deps, request: WireRequest): Promise<WireResponse> {
  if (request.method !== 'GET') return problemAnswer(405, 'method-refused');
  const markets = await deps.storage.read((view) => publicMarkets(view, deps));
  const body = toUtf8(JSON.stringify({ v: 1, speaks: [VERSION], markets }));
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
