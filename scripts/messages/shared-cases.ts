import { fromUtf8, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { isFailure, type Result } from '../../src/kernel/result.ts';
import { readMarkets } from '../../src/market/add-market.ts';
import type { WireRequest } from '../../src/network/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import {
  keyIn,
  type MessageCase,
  type MessageFile,
  type Moment,
  objectIn,
  requestCase,
  signedBody,
} from './capture.ts';
import { type KeyBook, keyNamed, STRANGER } from './key-book.ts';
import { knowledgeOf } from './knowledge.ts';
import { rawRequests } from './requests.ts';
import { payloadOf, replaced, signedAnew, signedParts } from './signed-parts.ts';
import { shown, tryOut } from './trial.ts';
import type { LooseEnvelope } from './variants.ts';

/** Requests that are wrong before any message in them is looked at. */
export async function requestsFile(moment: Moment): Promise<MessageFile> {
  const { to, home, envelope, sender, now, request } = moment;
  if (!request) throw new Error('it came in a request');
  const knows = await knowledgeOf(to.deps, home);
  const loose = envelope as unknown as LooseEnvelope; // plain JSON, as it was read
  const cases: MessageCase[] = [];
  for (const raw of rawRequests(loose, request.url)) {
    const { method = 'POST', url = request.url, type = request.headers['content-type'] ?? '' } = raw;
    const signed = signedBody(
      { method, url, headers: { 'content-type': type }, body: raw.body },
      sender,
      now,
    );
    cases.push(await requestCase(raw.name, moment, raw.after?.(signed) ?? signed));
  }
  return { name: 'requests', type: envelope.type, now, knows, cases };
}

/** Requests for what waits in a box. */
export async function letterRequests(
  request: WireRequest,
  at: TestNode,
  book: KeyBook,
): Promise<MessageCase[]> {
  const key = keyNamed(book, keyIn(request));
  const now = at.deps.clock.now();
  const bodies = [
    '{"v":1,"readTo":0}',
    '{"readTo":7}',
    '{"v":1,"readTo":-1}',
    '{"v":1}',
    '[]',
    '{"readTo":"0"}',
    `{"readTo":0}${' '.repeat(200)}`,
  ];
  const type = { 'content-type': request.headers['content-type'] ?? '' };
  const sign = (change: Partial<WireRequest>): WireRequest => signedBody({ ...request, ...change }, key, now);
  const requests: (readonly [string, WireRequest])[] = [
    ...bodies.map((body) => [body.trim(), sign({ body: toUtf8(body) })] as const),
    ['unsigned', { ...request, headers: type }],
    ['another method', sign({ method: 'PUT' })],
    ['another content type', sign({ headers: { 'content-type': 'application/json' } })],
    ['with a query', sign({ url: `${request.url}?x=1` })],
  ];
  const cases: MessageCase[] = [];
  for (const [name, it] of requests)
    cases.push({ name, now, ...(await tryOut(at.deps, it, now)), request: shown(it) });
  return cases;
}

/** What the market's node says of itself, and what somebody could make of it on the way. */
export async function discoveryCases({ to, book }: Moment): Promise<object[]> {
  const url = 'https://market.example/.well-known/parley';
  const response = await to.answerPeer(
    { method: 'GET', url, headers: {}, body: new Uint8Array(0) },
    'a peer',
  );
  const text = fromUtf8(response.body) ?? '';
  const answer = objectIn(response.body);
  const [part] = signedParts(answer);
  if (!part) throw new Error('there is a market');
  const payload = payloadOf(part);
  const anew = (change: JsonObject): string =>
    JSON.stringify(
      replaced(answer, part.path, signedAnew(part, JSON.stringify({ ...payload, ...change }), book)),
    );
  const foreign = signedAnew(part, JSON.stringify(payload), book, { key: STRANGER });
  const cases: readonly (readonly [string, string, string])[] = [
    ['as it was answered', 'market.example', text],
    ['of another host', 'other.example', text],
    ['signed by somebody else', 'market.example', JSON.stringify(replaced(answer, part.path, foreign))],
    ['at another address', 'market.example', anew({ address: { host: 'market.example', inbox: 'x' } })],
    ['with another key', 'market.example', anew({ key: toBase64url(STRANGER.publicKey) })],
    ['without rules', 'market.example', anew({ rules: {} })],
    ['no markets', 'market.example', JSON.stringify({ ...answer, markets: [] })],
    ['no list of markets', 'market.example', JSON.stringify({ ...answer, markets: {} })],
    ['no JSON', 'market.example', text.slice(1)],
    ['one market of two is none', 'market.example', JSON.stringify({ ...answer, markets: [part.wire, {}] })],
    ['without what it speaks', 'market.example', JSON.stringify({ markets: answer.markets ?? null })],
  ];
  return cases.map(([name, host, body]) => ({
    name,
    host,
    body,
    verdict: verdictOn(readMarkets(toUtf8(body), host)),
  }));
}

function verdictOn(read: Result<unknown>): string {
  return isFailure(read) ? read.code : 'accept';
}
