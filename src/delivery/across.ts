import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, isFailure, type Result } from '../kernel/result.ts';
import { type SigningKey, verifyingKey } from '../kernel/signing.ts';
import {
  breaker,
  ENVELOPES,
  inboxUrl,
  originOf,
  readProblem,
  SIGNATURE_MS,
  STAMP_HEADER,
  signRequest,
  TAG,
  VERSION,
  type WayOut,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { ONE_USE, speakersKey } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { joinLines, readAnswerLine, splitLines } from './answer-lines.ts';
import type { CarryLane } from './carry.ts';
import type { Lane } from './model.ts';
import { type Peers, peersOf } from './peers.ts';
import { later } from './rules.ts';
import { stampFor } from './stamp-envelope.ts';

/** How often one batch is posted anew because the other side says what it needs. */
const ANEW = 3;

interface Post {
  readonly lane: Lane;
  readonly key: SigningKey;
  readonly batch: readonly Uint8Array[];
  readonly stamp?: string;
}

/** Carries a lane to another node: one signed request for as many envelopes as fit into it. */
export function carryAcross(deps: BaseDeps, out: WayOut): CarryLane {
  const peers = peersOf(breaker(deps));
  return async (lane, envelopes) => {
    const key = await deps.storage.read((view) => speakersKey(view, deps, lane.home, lane.signer));
    if (!key) return [fail('signer-unknown', 'Nobody here can sign for that any more.', 'Drop it.')];
    const wait = peers.breaker.enter(lane.to.host);
    if (wait > 0) return [later('peer-resting', wait)];
    return postUntilTaken(deps, out, peers, { lane, key, batch: whatFits(envelopes) });
  };
}

async function postUntilTaken(
  deps: BaseDeps,
  out: WayOut,
  peers: Peers,
  first: Post,
): Promise<readonly Result<Uint8Array>[]> {
  let post = first;
  for (let time = 1; ; time++) {
    const response = await postOnce(deps, out, peers, post);
    if (isFailure(response)) return [response];
    const next = time < ANEW && (await whatItNeeds(deps, peers, post, response.value));
    if (!next) return answersOf(post, response.value);
    post = next;
  }
}

async function postOnce(
  deps: BaseDeps,
  out: WayOut,
  peers: Peers,
  post: Post,
): Promise<Result<WireResponse>> {
  const { host } = post.lane.to;
  // What is said once, before any relationship, goes through a relay where there is one.
  const exchange = post.lane.signer.startsWith(ONE_USE) ? (out.hidden ?? out.exchange) : out.exchange;
  const response = await exchange(signed(deps, out, peers, post));
  // What never left this node says nothing of the other one.
  if (isFailure(response) && response.code === 'line-busy') return later('line-busy', LINE_BUSY_MS);
  if (isFailure(response) || response.value.status >= 500) peers.breaker.failed(host);
  else peers.breaker.succeeded(host);
  return response;
}

const LINE_BUSY_MS = 5_000;
/** What another node asks us to wait counts as no try, so that it may neither hurry us nor put us off for ever. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;
/** The year 10000. */
const LATEST = 253_402_300_800_000;

function whatFits(envelopes: readonly Uint8Array[]): readonly Uint8Array[] {
  let octets = 0;
  const last = envelopes.findIndex((it, i) => {
    octets += it.length + 1;
    return i > 0 && (octets > LIMITS.requestBytes || i >= LIMITS.envelopesPerRequest);
  });
  return last < 0 ? envelopes : envelopes.slice(0, last);
}

function signed(deps: BaseDeps, out: WayOut, peers: Peers, { lane, key, batch, stamp }: Post): WireRequest {
  const created = deps.clock.now() + peers.offset(lane.to.host);
  const request = {
    method: 'POST',
    url: inboxUrl(originOf(lane.to.host, out.plainHosts), lane.to.inbox),
    headers: { 'content-type': ENVELOPES, ...(stamp !== undefined && { [STAMP_HEADER]: stamp }) },
    body: joinLines(batch),
  };
  const nonce = toBase64url(deps.random.bytes(16));
  return signRequest(request, key, { created, expires: created + SIGNATURE_MS, nonce, tag: TAG });
}

/** The same once more as the other side asks for it: in its time, or with a stamp; undefined when that is not it. */
async function whatItNeeds(
  deps: BaseDeps,
  peers: Peers,
  post: Post,
  response: WireResponse,
): Promise<Post | undefined> {
  if (response.status === 200) return undefined;
  const { code, more } = readProblem(response);
  if (code === 'clock-differs' && typeof more.now === 'number') {
    if (more.now < 0 || more.now > LATEST) return undefined; // no clock shows that, and no signature can say it
    peers.setOffset(post.lane.to.host, more.now - deps.clock.now());
    return post;
  }
  if (code !== 'stamp-needed' || typeof more.bits !== 'number' || post.stamp !== undefined) return undefined;
  const [first] = post.batch;
  const offset = peers.offset(post.lane.to.host);
  const stamp = first === undefined ? undefined : await stampFor(deps, first, more.bits, offset);
  return stamp === undefined || !first ? undefined : { ...post, batch: [first], stamp };
}

function answersOf({ lane, batch }: Post, response: WireResponse): readonly Result<Uint8Array>[] {
  if (response.status !== 200) return [notTaken(response)];
  const known = lane.to.key === undefined ? undefined : fromBase64url(lane.to.key);
  const key = known && verifyingKey(known);
  const lines = splitLines(response.body) ?? [];
  const answers = lines.slice(0, batch.length).map((line) => readAnswerLine(line, key));
  return answers.length > 0
    ? answers
    : [fail('receipt-malformed', 'It did not answer.', 'It is tried again.')];
}

function notTaken(response: WireResponse): Failure {
  const { code, more } = readProblem(response);
  if (code === 'too-much' && typeof more.waitMs === 'number') {
    return later('too-much', Math.max(SHORTEST_WAIT_MS, Math.min(more.waitMs, LONGEST_WAIT_MS)));
  }
  const speaks = Array.isArray(more.speaks) ? more.speaks.filter((v) => typeof v === 'number') : [];
  if (code === 'version-unknown' && !speaks.includes(VERSION)) {
    return fail(
      'version-unknown',
      'The other node speaks another version of the protocol, and none of this one’s.',
      'One of the two has to be brought up to date; it is tried again until then.',
    );
  }
  return fail(code, 'The other node did not take it.', 'It stays here and is tried again.');
}
