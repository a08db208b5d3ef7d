import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toUtf8 } from '../kernel/bytes.ts';
import { must, type Result } from '../kernel/result.ts';
import {
  MESSAGE_STEPS,
  problemAnswer,
  REQUEST_OVERHEAD,
  REQUEST_TYPE,
  RESPONSE_OVERHEAD,
  RESPONSE_TYPE,
  readProblem,
  type WireRequest,
} from '../network/index.ts';
import { GATEWAY_PATH, isPublicName, type RelayDeps, throughRelay } from './index.ts';
import { RELAY_LIMITS } from './limits.ts';
import {
  echo,
  envelope,
  MARKET,
  marketOn,
  RELAY,
  relayOn,
  type Sight,
  senderOn,
  street,
  wayOf,
} from './testing.ts';

const [SMALLEST = 0] = MESSAGE_STEPS;

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.code;
}

test('a request through a relay is answered as a direct one is', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const { way } = await wayOf(senderOn(on, '192.0.2.1'));
  for (const length of [0, 1, 4_000, 5_000, 100_000, 1_048_576]) {
    const words = 'a'.repeat(length);
    const answer = must(await way(envelope(words)));
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.headers, { 'content-type': 'application/parley-receipts' });
    assert.deepEqual(answer.body, toUtf8(`taken: ${words}`));
  }
  const refused = street();
  marketOn(refused, async () => problemAnswer(409, 'cast-known'));
  relayOn(refused);
  const answer = must(await (await wayOf(senderOn(refused, '192.0.2.1'))).way(envelope('x')));
  assert.deepEqual(
    [answer.status, readProblem(answer).code],
    [409, 'cast-known'],
    'refusals come sealed too',
  );
});

test('the gateway gets the sealed octets and their type, whatever the sender added', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const talkative = on.exchangeFrom('192.0.2.1');
  const headers = {
    cookie: 'maya=1',
    authorization: 'Bearer maya',
    'x-forwarded-for': '192.0.2.1',
    forwarded: 'for=192.0.2.1',
    'user-agent': 'maya/1',
    origin: 'https://maya.example',
  };
  const sender = {
    ...senderOn(on, '192.0.2.1'),
    exchange: (request: WireRequest) =>
      talkative({ ...request, headers: { ...headers, ...request.headers } }),
  };
  const { way } = await wayOf(sender);
  must(await way(envelope('hello')));
  const [, forwarded] = on.sights.filter((it) => it.to === MARKET);
  assert.deepEqual(forwarded?.request.headers, { 'content-type': REQUEST_TYPE });
  assert.equal(forwarded?.request.url, `https://${MARKET}${GATEWAY_PATH}`);
  assert.deepEqual(forwarded?.limits, {
    timeoutMs: RELAY_LIMITS.gatewayMs,
    maxBytes: Math.max(...MESSAGE_STEPS) + RESPONSE_OVERHEAD,
  });
});

describe('a relay refuses, and nothing leaves it', () => {
  const sealed = (more: Partial<WireRequest> = {}): WireRequest => ({
    method: 'POST',
    url: `https://${RELAY.host}/parley/v1/relay/${MARKET}`,
    headers: { 'content-type': REQUEST_TYPE },
    body: new Uint8Array(SMALLEST + REQUEST_OVERHEAD),
    ...more,
  });
  const to = (host: string) => ({ url: `https://${RELAY.host}/parley/v1/relay/${host}` });
  const cases: readonly [string, Partial<WireRequest>, Partial<RelayDeps>, number, string][] = [
    ['when its operator has not switched it on', {}, { isOn: () => false }, 403, 'relay-off'],
    ['an address that asks too often', {}, { admit: (it) => it !== '192.0.2.1' }, 429, 'relay-busy'],
    ['to carry to itself', to(RELAY.host), {}, 403, 'relay-target-refused'],
    ['a path that goes on', to(`${MARKET}/api/sign-in`), {}, 403, 'relay-target-refused'],
    ['a query', to(`${MARKET}?a=b`), {}, 403, 'relay-target-refused'],
    ['no host', to(''), {}, 403, 'relay-target-refused'],
    ['an address', to('10.0.0.1'), { mayRelayTo: isPublicName }, 403, 'relay-target-refused'],
    ['a port', to(`${MARKET}:22`), { mayRelayTo: isPublicName }, 403, 'relay-target-refused'],
    ['a single word', to('localhost'), { mayRelayTo: isPublicName }, 403, 'relay-target-refused'],
    ['another method', { method: 'PUT' }, {}, 405, 'method-refused'],
    ['another type', { headers: { 'content-type': 'text/plain' } }, {}, 415, 'media-type-refused'],
    ['a length that stands out', { body: new Uint8Array(SMALLEST) }, {}, 400, 'relay-length-refused'],
    ['nothing at all', { body: new Uint8Array(0) }, {}, 400, 'relay-length-refused'],
  ];
  for (const [what, request, choices, status, code] of cases) {
    test(what, async () => {
      const on = street();
      marketOn(on, echo);
      relayOn(on, choices);
      const answer = must(await on.exchangeFrom('192.0.2.1')(sealed(request)));
      assert.deepEqual([answer.status, readProblem(answer).code], [status, code]);
      assert.equal(on.sights.filter((it) => it.to !== RELAY.host).length, 0);
    });
  }

  test('more than it carries at a time', async () => {
    const on = street();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    on.doors.set(MARKET, async () => {
      await gate;
      return problemAnswer(500, 'slow');
    });
    relayOn(on);
    const ask = on.exchangeFrom('192.0.2.1');
    const carried = Array.from({ length: RELAY_LIMITS.inFlight }, () => ask(sealed()));
    assert.equal(readProblem(must(await ask(sealed()))).code, 'relay-busy');
    open();
    for (const it of carried) assert.equal(readProblem(must(await it)).code, 'gateway-refused');
    assert.equal(readProblem(must(await ask(sealed()))).code, 'gateway-refused', 'there is room again');
  });
});

test('public names are names, in lower case, with at least two words', () => {
  for (const good of [
    'a.bc',
    'market.example',
    'a-b.c1.example',
    'xn--bcher-kva.example',
    `${'a.'.repeat(125)}de`,
  ])
    assert(isPublicName(good), good);
  const bad = [
    'localhost',
    '127.0.0.1',
    '0x7f.1',
    '1.2.3',
    '[::1]',
    'a..b',
    '-a.example',
    'a-.example',
    'A.example',
  ];
  for (const name of [
    ...bad,
    'a.example.',
    'a.example:443',
    'a_b.example',
    `${'a'.repeat(64)}.example`,
    'a.1',
    '',
  ])
    assert(!isPublicName(name), name);
});

test('what a gateway answers is handed on only when it is sealed, and without its headers', async () => {
  const length = SMALLEST + RESPONSE_OVERHEAD;
  const answers: [string, Partial<Sight['answer']> & object, string][] = [
    ['another type', { headers: { 'content-type': 'text/html' } }, 'gateway-refused'],
    ['another length', { body: new Uint8Array(length - 1) }, 'gateway-refused'],
    ['another status', { status: 302 }, 'gateway-refused'],
    ['an unknown key', problemAnswer(422, 'gateway-key-unknown'), 'gateway-key-unknown'],
    ['an odd code', problemAnswer(422, 'sender-is-maya'), 'gateway-refused'],
  ];
  for (const [what, part, code] of answers) {
    const on = street();
    const headers = { 'content-type': RESPONSE_TYPE, 'set-cookie': 'track=1', location: 'https://b.example' };
    on.doors.set(MARKET, async () => ({ status: 200, headers, body: new Uint8Array(length), ...part }));
    relayOn(on);
    const url = `https://${RELAY.host}/parley/v1/relay/${MARKET}`;
    const body = new Uint8Array(SMALLEST + REQUEST_OVERHEAD);
    const answer = must(
      await on.exchangeFrom('192.0.2.1')({
        method: 'POST',
        url,
        headers: { 'content-type': REQUEST_TYPE },
        body,
      }),
    );
    assert.equal(readProblem(answer).code, code, what);
    assert.deepEqual(answer.headers, { 'content-type': 'application/problem+json' }, what);
  }
});

test('the sender is told what to do, in one code for each', async () => {
  const failing = async (choices: Partial<RelayDeps>, without?: string) => {
    const on = street();
    marketOn(on, echo);
    relayOn(on);
    const sender = senderOn(on, '192.0.2.1');
    const { way } = await wayOf(sender);
    relayOn(on, choices);
    if (without) on.doors.delete(without);
    return codeOf(await way(envelope('x')));
  };
  assert.equal(await failing({}), 'ok');
  assert.equal(await failing({ isOn: () => false }), 'relay-off');
  assert.equal(await failing({ admit: () => false }), 'relay-busy');
  assert.equal(await failing({ mayRelayTo: () => false }), 'relay-refused');
  assert.equal(await failing({}, MARKET), 'gateway-unreachable');
  assert.equal(await failing({}, RELAY.host), 'host-unreachable');
});

test('nothing is sent through a relay that is the other node itself, or beyond the limits', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const sender = senderOn(on, '192.0.2.1');
  const { gateway, way } = await wayOf(sender);
  const before = on.sights.length;
  assert.equal(
    codeOf(await throughRelay(sender, { host: MARKET }, gateway)(envelope('x'))),
    'relay-is-target',
  );
  assert.equal(codeOf(await way(envelope('x'.repeat(1_114_112)))), 'message-too-long');
  await assert.rejects(way(envelope('x', { url: 'https://other.example/' })), /one node only/);
  assert.equal(on.sights.length, before);
  assert.equal(codeOf(await way(envelope('xx'), { timeoutMs: 5, maxBytes: 8 })), 'answer-too-long');
  assert.equal(codeOf(await way(envelope('x'), { timeoutMs: 5, maxBytes: 8 })), 'ok');
  assert.equal(on.sights.at(-1)?.limits?.timeoutMs, 5);
});
