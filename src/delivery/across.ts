import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, isFailure, type Result } from '../kernel/result.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  ENVELOPES,
  inboxUrl,
  originOf,
  readProblem,
  SIGNATURE_MS,
  signRequest,
  TAG,
  VERSION,
  type WayOut,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { speakersKey } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import { joinLines, readAnswerLine, splitLines } from './answer-lines.ts';
import type { CarryLane } from './carry.ts';
import type { Lane } from './model.ts';

/** Milliseconds that a peer's clock is ahead of mine, as it said itself; forgotten when the node stops. */
type Offsets = Map<string, number>;

const OFFSETS = 10_000;

/** Carries a lane to another node: one signed request for as many envelopes as fit into it. */
export function carryAcross(deps: BaseDeps, out: WayOut): CarryLane {
  const offsets: Offsets = new Map();
  return async (lane, envelopes) => {
    const key = await deps.storage.read((view) => speakersKey(view, deps, lane.home, lane.signer));
    if (!key) return [fail('signer-unknown', 'Nobody here can sign for that any more.', 'Drop it.')];
    const batch = whatFits(envelopes);
    const post = (): Promise<Result<WireResponse>> =>
      out.exchange(signed(deps, lane, key, batch, out, offsets.get(lane.to.host) ?? 0));
    let response = await post();
    if (response.ok && learnsClock(deps, offsets, lane.to.host, response.value)) response = await post();
    return isFailure(response) ? [response] : answersOf(lane, batch, response.value);
  };
}

function whatFits(envelopes: readonly Uint8Array[]): readonly Uint8Array[] {
  let octets = 0;
  const last = envelopes.findIndex((it, i) => {
    octets += it.length + 1;
    return i > 0 && (octets > LIMITS.requestBytes || i >= LIMITS.envelopesPerRequest);
  });
  return last < 0 ? envelopes : envelopes.slice(0, last);
}

function signed(
  deps: BaseDeps,
  lane: Lane,
  key: SigningKey,
  batch: readonly Uint8Array[],
  out: WayOut,
  offset: number,
): WireRequest {
  const created = deps.clock.now() + offset;
  const request = {
    method: 'POST',
    url: inboxUrl(originOf(lane.to.host, out.plainHosts), lane.to.inbox),
    headers: { 'content-type': ENVELOPES },
    body: joinLines(batch),
  };
  const nonce = toBase64url(deps.random.bytes(16));
  return signRequest(request, key, { created, expires: created + SIGNATURE_MS, nonce, tag: TAG });
}

/** True when the peer's clock is elsewhere and says where: then the request is signed once more in its time. */
function learnsClock(deps: BaseDeps, offsets: Offsets, host: string, response: WireResponse): boolean {
  if (response.status === 200) return false;
  const { code, more } = readProblem(response);
  if (code !== 'clock-differs' || typeof more.now !== 'number') return false;
  if (offsets.size >= OFFSETS) offsets.clear();
  offsets.set(host, more.now - deps.clock.now());
  return true;
}

function answersOf(
  lane: Lane,
  batch: readonly Uint8Array[],
  response: WireResponse,
): readonly Result<Uint8Array>[] {
  if (response.status !== 200) return [notTaken(response)];
  const key = lane.to.key === undefined ? undefined : fromBase64url(lane.to.key);
  const lines = splitLines(response.body) ?? [];
  const answers = lines.slice(0, batch.length).map((line) => readAnswerLine(line, key));
  return answers.length > 0
    ? answers
    : [fail('receipt-malformed', 'It did not answer.', 'It is tried again.')];
}

function notTaken(response: WireResponse): Failure {
  const { code, more } = readProblem(response);
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
