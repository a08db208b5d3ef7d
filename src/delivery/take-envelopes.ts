import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, isFailure, type Result } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  ENVELOPES,
  inboxOf,
  problemAnswer,
  RECEIPTS,
  verifyRequest,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { getPartyRow, homeOfInboxPath, inboxKey } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { answerLine, joinLines, splitLines } from './answer-lines.ts';
import { readEnvelope } from './envelope.ts';
import type { Guard } from './guard.ts';
import type { Envelope } from './model.ts';
import type { Handlers } from './receive.ts';
import { takeLane } from './take-lane.ts';

/** Answers for a home that is not in use here, when it knows better than that it is not; see moving/. */
export type Elsewhere = (home: HomeId, request: WireRequest) => Promise<WireResponse | undefined>;

/**
 * Takes what another node posts to an inbox of this one: cheap checks first, the signature before anything is looked
 * up. Envelopes of one request are one lane: they are acted on in order, and what comes after one that must wait waits.
 */
export async function takeEnvelopes<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  request: WireRequest,
  guard: Guard,
  side: string | undefined,
  elsewhere: Elsewhere,
): Promise<WireResponse> {
  const inbox = inboxOf(request.url);
  if (inbox === undefined || request.method !== 'POST') return problemAnswer(404, 'not-found');
  if (request.headers['content-type'] !== ENVELOPES) return problemAnswer(415, 'type-unknown');
  if (request.body.length > LIMITS.requestBytes) return problemAnswer(413, 'request-too-large');
  const tooMuch = guard.checkSide(request, side);
  if (tooMuch) return tooMuch;
  const posted = readPosted(deps, request, inbox);
  if ('status' in posted) return posted;
  const tooMany = guard.checkEnvelopes(posted.lane.length, side);
  if (tooMany) return tooMany;
  const home = homeOfInboxPath(deps.nodeKey, inbox);
  if (home === undefined) return problemAnswer(404, 'inbox-unknown');
  const party = await deps.storage.read((view) => getPartyRow(view, home));
  const answer = party?.paused_at === null ? undefined : await elsewhere(home, request);
  return answer ?? takePosted(deps, handlers, guard, request, home, posted);
}

/** A lane that was posted, and the key that signed the request. */
interface Posted {
  readonly inbox: string;
  readonly lane: readonly Envelope[];
  readonly publicKey: Uint8Array;
}

/** Whose request it is and what it holds, or the answer that says what is wrong with it. Nothing is looked up. */
export function readPosted(deps: BaseDeps, request: WireRequest, inbox: string): Posted | WireResponse {
  const verified = verifyRequest(request, deps.clock.now());
  if (isFailure(verified)) return notVerified(deps, verified);
  const lane = readLane(request.body, inbox);
  if (isFailure(lane)) return problemAnswer(400, lane.code);
  return { inbox, lane: lane.value, publicKey: verified.value.publicKey };
}

/** Takes a lane into a home, and signs the receipts with the key that its sender knows the receiver by. */
export async function takePosted<Deps extends BaseDeps>(
  deps: Deps,
  handlers: Handlers<Deps>,
  guard: Guard,
  request: WireRequest,
  home: HomeId,
  { inbox, lane, publicKey }: Posted,
): Promise<WireResponse> {
  const isStrange = lane.some((it) => handlers.get(it.type)?.isForStrangers);
  const dear = isStrange && guard.checkStranger(request, home, lane);
  if (dear) return dear;
  const { party, key } = await deps.storage.read(async (view) => ({
    party: await getPartyRow(view, home),
    key: await inboxKey(view, deps, home, inbox),
  }));
  return answered(await takeLane(deps, handlers, home, party, lane, publicKey), key);
}

function notVerified(deps: BaseDeps, failure: Failure): WireResponse {
  // Whoever's clock is elsewhere can sign again in this one's time.
  const more = failure.code === 'clock-differs' ? { now: deps.clock.now() } : {};
  return problemAnswer(401, failure.code, more);
}

function readLane(body: Uint8Array, inbox: string): Result<Envelope[]> {
  const lines = splitLines(body);
  if (!lines) return fail('envelope-malformed', 'The envelopes are not one a line.', 'Send them again.');
  const envelopes: Envelope[] = [];
  for (const line of lines) {
    const read = readEnvelope(line);
    if (!read.ok) return read;
    if (read.value.to !== inbox || read.value.from !== (envelopes[0] ?? read.value).from)
      return fail('lane-mixed', 'These are not one sender’s to one path.', 'Send each lane by itself.');
    envelopes.push(read.value);
  }
  return { ok: true, value: envelopes };
}

function answered(answers: readonly Result<Uint8Array>[], key: SigningKey | undefined): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': RECEIPTS },
    body: joinLines(answers.map((answer) => answerLine(answer, key))),
  };
}
