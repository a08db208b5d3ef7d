import { toBase64url } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { originOf, readProblem, type WireResponse } from '../network/index.ts';
import { nodeIdentityKey } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { type Answer, readAnswer } from './documents.ts';
import { secretOf } from './store.ts';
import type { MoveRow } from './tables.ts';
import { jsonOctets, MOVE, MOVE_PART, moveUrl, objectIn, proofOf, signedByNode } from './wire.ts';

/** What the other node answered: what it says, and its signed words as they came. */
export interface Answered {
  readonly answer: Answer;
  readonly wire: JsonObject;
}

/** Says one thing of a move to the new node, and reads its signed answer. */
export function askNode(
  deps: MovingDeps,
  row: MoveRow,
  verb: 'ask' | 'hand-over' | 'cancel',
  body: JsonObject = {},
): Promise<Result<Answered>> {
  return exchange(deps, row, verb, MOVE, jsonOctets({ v: 1, ...body }));
}

/** Offers the archive; the first time binds the invitation to this node. */
export function offerArchive(deps: MovingDeps, row: MoveRow): Promise<Result<Answered>> {
  const { publicKey } = nodeIdentityKey(deps.nodeKey);
  const body = {
    v: 1,
    proof: proofOf(secretOf(deps.nodeKey, row), publicKey),
    party: row.home_id,
    host: deps.host,
    size: row.size ?? 0,
    sha256: row.sha256 ?? '',
  };
  return exchange(deps, row, 'offer', MOVE, jsonOctets(body));
}

export function sendPart(
  deps: MovingDeps,
  row: MoveRow,
  offset: number,
  octets: Uint8Array,
): Promise<Result<Answered>> {
  return exchange(deps, row, `parts/${offset}`, MOVE_PART, octets);
}

async function exchange(
  deps: MovingDeps,
  row: MoveRow,
  verb: string,
  contentType: string,
  body: Uint8Array,
): Promise<Result<Answered>> {
  const url = moveUrl(originOf(row.host, deps.wayOut.plainHosts), row.id, verb);
  const request = { method: 'POST', url, headers: { 'content-type': contentType }, body };
  const key = nodeIdentityKey(deps.nodeKey);
  let offset = 0;
  for (let time = 1; ; time++) {
    const response = await deps.wayOut.exchange(signedByNode(deps, request, key, offset));
    if (isFailure(response)) return response;
    if (response.value.status === 200) return answerIn(row, response.value);
    const { code, more } = readProblem(response.value);
    if (code !== 'clock-differs' || typeof more.now !== 'number' || time > 1) return notTaken(code);
    offset = more.now - deps.clock.now();
  }
}

function answerIn(row: MoveRow, response: WireResponse): Result<Answered> {
  const wire = objectIn(response.body);
  const answer = readAnswer(wire, row.id, row.peer_key);
  if (!wire || !answer.ok) return notTaken('answer-malformed');
  return ok({ answer: answer.value, wire });
}

function notTaken(code: string): Result<never> {
  return fail(code, 'The other node did not take it.', 'It is tried again.');
}

/** This node's own key, as documents name it. */
export function ownKeyOf(deps: MovingDeps): string {
  return toBase64url(nodeIdentityKey(deps.nodeKey).publicKey);
}
