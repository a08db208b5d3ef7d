import { signingKey } from '../../../src/kernel/signing.ts';
import { signRequest, TAG, type WireRequest, type WireResponse } from '../../../src/network/index.ts';
import { randomBytesOf } from './bytes.ts';
import type { Dice } from './dice.ts';

/** A request that somebody else has made, out of what they saw. */
const FORGED = 'x-simulation-forged';

export function isForged(request: WireRequest): boolean {
  return FORGED in request.headers;
}

/** Receivers of these are known by a key, so that nobody else can answer for them. */
const ANSWERED_UNDER_A_KEY =
  /"type":"(record|accept|cast|cast-closed|agreement-signed|agreement-refused|listing-publish|listing-withdraw|listing-stock|storefront-open|cells-wanted)"/;

/** What somebody without any key of the two can make of a request between them. */
export function bendRequest(
  dice: Dice,
  request: WireRequest,
  now: number,
  hosts: readonly string[],
): WireRequest {
  if (request.method !== 'POST') return request;
  switch (dice.below(5)) {
    case 0:
      return { ...request, body: flipped(dice, request.body) };
    case 1:
      return { ...request, body: request.body.subarray(0, dice.below(request.body.length)) };
    case 2: {
      const url = new URL(request.url);
      url.host = dice.pick(hosts);
      return { ...request, url: url.href, headers: { ...request.headers, [FORGED]: 'elsewhere' } };
    }
    case 3:
      return { ...resigned(dice, request, request.body, now) };
    default:
      return { ...resigned(dice, request, forgedWords(request.body), now) };
  }
}

/** The same envelopes, or others, under a key of the liar's own. */
function resigned(dice: Dice, request: WireRequest, body: Uint8Array, now: number): WireRequest {
  const key = signingKey(randomBytesOf(dice, 32));
  const nonce = Buffer.from(randomBytesOf(dice, 16)).toString('base64url');
  const { 'content-type': type = '' } = request.headers;
  const bare = { method: request.method, url: request.url, headers: { 'content-type': type }, body };
  const signed = signRequest(bare, key, { created: now, expires: now + 200_000, nonce, tag: TAG });
  return { ...signed, headers: { ...signed.headers, [FORGED]: 'by another key' } };
}

/** Other ids, so that what is forged is new to the receiver. */
function forgedWords(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('utf8');
  return Buffer.from(text.replaceAll(/"id":"[0-9a-z]{4}/g, '"id":"zzzz'));
}

/** What can be made of an answer without the receiver's key. */
export function bendAnswer(
  dice: Dice,
  request: WireRequest,
  answer: WireResponse,
  past: readonly { readonly url: string; readonly answer?: WireResponse }[],
): WireResponse {
  const hasKey = ANSWERED_UNDER_A_KEY.test(Buffer.from(request.body).toString('utf8'));
  switch (dice.pick([0, 1, 2, 2, 2, 3, 4, 5])) {
    case 0:
      return hasKey
        ? { ...answer, body: flipped(dice, answer.body) }
        : { ...answer, body: new Uint8Array(0) };
    case 1:
      return { ...answer, body: answer.body.subarray(0, dice.below(answer.body.length + 1)) };
    case 2: {
      const again = past.filter((it) => it.url === request.url && it.answer?.status === 200);
      return hasKey && again.length > 0 ? (dice.pick(again).answer ?? answer) : { ...answer, status: 500 };
    }
    case 3:
      return hasKey ? { ...answer, body: forgedReceipts(dice, request) } : { ...answer, status: 404 };
    case 4:
      return hasKey ? { ...answer, body: backwards(answer.body) } : { ...answer, status: 503 };
    default:
      return { status: dice.pick([302, 401, 413, 429, 500]), headers: {}, body: flipped(dice, answer.body) };
  }
}

/** Everything acted on, says somebody who did nothing, under a key of their own or under none. */
function forgedReceipts(dice: Dice, request: WireRequest): Uint8Array {
  const key = signingKey(randomBytesOf(dice, 32));
  const isSigned = dice.chance(500);
  const text = Buffer.from(request.body).toString('utf8');
  const ids = [...text.matchAll(/^\{"v":1,"id":"([^"]+)"/gm)].map((it) => it[1] ?? '');
  const lines = ids.map((id) => {
    const receipt = Buffer.from(JSON.stringify({ v: 1, id, result: 'acted', at: 1 }));
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: key.kid, typ: 'parley-receipt' }));
    const base = `${header.toString('base64url')}.${receipt.toString('base64url')}`;
    const signature = Buffer.from(key.sign(Buffer.from(base))).toString('base64url');
    const proof = isSigned ? { protected: header.toString('base64url'), signature } : {};
    return JSON.stringify({ receipt: receipt.toString('base64url'), ...proof });
  });
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

function backwards(body: Uint8Array): Uint8Array {
  const lines = Buffer.from(body)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return Buffer.from(
    lines
      .reverse()
      .map((line) => `${line}\n`)
      .join(''),
  );
}

function flipped(dice: Dice, body: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(body);
  const at = dice.below(copy.length);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
  return copy;
}
