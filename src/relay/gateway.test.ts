import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '../kernel/clock.ts';
import { must, type Result } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { signingKey } from '../kernel/signing.ts';
import {
  decodeKeys,
  decodeResponse,
  encodeRequest,
  KEYS_TYPE,
  MESSAGE_STEPS,
  padMessage,
  REQUEST_TYPE,
  RESPONSE_OVERHEAD,
  RESPONSE_TYPE,
  readProblem,
  sealRequest,
  type WireRequest,
} from '../network/index.ts';
import { epochAt, type Gateway, gatewayKeys, keyEnds, SIGNED_KEYS_TYPE } from './gateway-keys.ts';
import { type InnerDoor, keysThroughRelay, openGateway, readKeys, throughRelay } from './index.ts';
import { RELAY_LIMITS } from './limits.ts';
import { rememberRepeats } from './repeats.ts';
import {
  echo,
  envelope,
  MARKET,
  marketOn,
  NODE_KEY,
  NOON,
  RELAY,
  relayOn,
  SIGNER,
  senderOn,
  street,
  wayOf,
} from './testing.ts';

const { epochMs, rememberedMs, rememberedRequests, keyMarginMs } = RELAY_LIMITS;
const NOTHING = new Uint8Array(0);

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.code;
}

function gatewayAlone(inner: InnerDoor = echo) {
  const clock = manualClock(NOON);
  const random = seededRandom('gateway');
  const door = openGateway({ host: MARKET, nodeKey: NODE_KEY, signer: SIGNER, clock, random }, inner);
  const keys = async (): Promise<Gateway> => {
    const answer = await door({ method: 'GET', url: `https://${MARKET}/`, headers: {}, body: NOTHING });
    return must(readKeys(answer.body, MARKET, SIGNER.publicKey, clock.now()));
  };
  const post = (body: Uint8Array, type = REQUEST_TYPE) =>
    door({ method: 'POST', url: `https://${MARKET}/`, headers: { 'content-type': type }, body });
  return { clock, door, keys, post };
}

/** The octets of a request, sealed for these keys, and how to open their answer. */
function sealedFor({ configuration }: Gateway, request: WireRequest, seed = 'sender') {
  return must(sealRequest(configuration, must(padMessage(encodeRequest(request))), seededRandom(seed)));
}

test('a sealed request that comes again is not done again, until it is forgotten', async () => {
  const done: string[] = [];
  const { clock, keys, post } = gatewayAlone(async (request) => {
    done.push(Buffer.from(request.body).toString());
    return echo(request);
  });
  const sealed = sealedFor(await keys(), envelope('once'));
  assert.equal((await post(sealed.octets)).headers['content-type'], RESPONSE_TYPE);
  for (const wait of [0, rememberedMs - 1, rememberedMs - 1]) {
    clock.advance(wait);
    const again = await post(sealed.octets);
    assert.deepEqual([again.status, readProblem(again).code], [409, 'sealed-request-repeated']);
  }
  assert.deepEqual(done, ['once']);
  // Beyond that the inbox answers: the same receipt for the same envelope, and no second effect.
  clock.advance(2 * rememberedMs);
  assert.equal((await post(sealed.octets)).status, 200);
  assert.deepEqual(done, ['once', 'once']);
});

test('whoever cannot seal a request cannot use its name up', async () => {
  const { keys, post } = gatewayAlone();
  const { octets } = sealedFor(await keys(), envelope('mine'));
  const bent = octets.with(octets.length - 1, (octets.at(-1) ?? 0) ^ 1);
  assert.equal(readProblem(await post(bent)).code, 'sealed-request-unreadable');
  assert.equal((await post(octets)).status, 200);
});

test('what is remembered is bounded, by number and by time', () => {
  const clock = manualClock(NOON);
  const repeats = rememberRepeats(clock);
  for (let i = 0; i <= 2 * rememberedRequests; i++) repeats.add(`${i}`);
  assert.deepEqual(
    [0, rememberedRequests, 2 * rememberedRequests].map((i) => repeats.has(`${i}`)),
    [false, true, true],
  );
  clock.advance(2 * rememberedMs);
  assert.equal(repeats.has(`${2 * rememberedRequests}`), false);
});

test('a key is published for a week, taken for two, and then no more', async () => {
  const { clock, keys, post } = gatewayAlone();
  const held = await keys();
  assert.equal(held.until, keyEnds(epochAt(NOON)));
  const takes = async (seed: string) =>
    readProblem(await post(sealedFor(held, envelope('x'), seed).octets)).code;
  assert.equal(await takes('now'), 'peer-refused', 'sealed answers say nothing in the clear');
  clock.advance(held.until - 1 - NOON);
  assert.equal(await takes('at the end'), 'peer-refused');
  assert.notEqual((await keys()).configuration.keyId, held.configuration.keyId);
  clock.advance(keyMarginMs);
  assert.equal(await takes('an epoch later'), 'peer-refused');
  clock.advance(epochMs - keyMarginMs);
  assert.equal(await takes('two epochs later'), 'gateway-key-unknown');
  // A node that starts anew has the same keys, and no key opens what another epoch's was sealed with.
  const [now, before] = gatewayKeys(NODE_KEY, 3000);
  assert.deepEqual(gatewayKeys(NODE_KEY, 3001)[1].key.publicKey, now.key.publicKey);
  assert.notDeepEqual(before.key.publicKey, now.key.publicKey);
  assert.notDeepEqual(gatewayKeys(new Uint8Array(32), 3000)[0].key.publicKey, now.key.publicKey);
});

test('a sender does not seal with keys that have ended, and fetches new ones', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const sender = senderOn(on, '192.0.2.1');
  const { gateway, way } = await wayOf(sender);
  on.clock.advance(gateway.until - on.clock.now());
  const before = on.sights.length;
  assert.equal(codeOf(await way(envelope('x'))), 'gateway-key-unknown');
  assert.equal(on.sights.length, before, 'nothing was sent');
  assert.equal(codeOf(await (await wayOf(sender)).way(envelope('x'))), 'ok');
});

test('a gateway that disowns its keys is noticed, and cannot have the relay ask for others within the hour', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const sender = senderOn(on, '192.0.2.1');
  const { way } = await wayOf(sender);
  const other = {
    host: MARKET,
    nodeKey: new Uint8Array(32),
    signer: SIGNER,
    clock: on.clock,
    random: on.random,
  };
  on.doors.set(MARKET, openGateway(other, echo));
  assert.equal(codeOf(await way(envelope('x'))), 'gateway-key-unknown');
  assert.equal(codeOf(await (await wayOf(sender)).way(envelope('x'))), 'gateway-key-unknown');
  on.clock.advance(RELAY_LIMITS.heldKeysMs);
  assert.equal(codeOf(await (await wayOf(sender)).way(envelope('x'))), 'ok');
});

test('a gateway opens its own doors only, and is no relay', async () => {
  const asked: string[] = [];
  const { keys, post } = gatewayAlone(async (request) => {
    asked.push(request.url);
    return echo(request);
  });
  const gateway = await keys();
  const outcome = async (url: string) => {
    const sealed = sealedFor(gateway, envelope('x', { url }), url);
    const answer = await post(sealed.octets);
    assert.equal(answer.status, 200, 'what is wrong inside is said inside');
    const opened = must(decodeResponse(sealed.openResponse(answer.body) ?? NOTHING));
    return `${opened.status} ${readProblem(opened).code}`;
  };
  assert.equal(await outcome('https://other.example/parley/v1/inbox/x'), '421 host-refused');
  assert.equal(await outcome(`https://${MARKET}:8443/`), '421 host-refused');
  assert.equal(await outcome(`https://${MARKET}/parley/v1/gateway`), '404 path-unknown');
  assert.equal(await outcome(`https://${MARKET}/parley/v1/relay/other.example`), '404 path-unknown');
  assert.deepEqual(asked, []);
  assert.equal(await outcome(`https://${MARKET}/x`), '200 peer-refused');
});

test('octets that are no message, and answers that are too long, are answered sealed', async () => {
  const { keys, post } = gatewayAlone(async () => ({
    status: 200,
    headers: {},
    body: new Uint8Array(2_000_000),
  }));
  const { configuration } = await keys();
  const cases: [Uint8Array, string][] = [
    [must(padMessage(new Uint8Array([1, 2, 3]))), '400 http-message-malformed'],
    [encodeRequest(envelope('x')), '500 answer-too-long'],
  ];
  for (const [plain, expected] of cases) {
    const sealed = must(sealRequest(configuration, plain, seededRandom(expected)));
    const answer = await post(sealed.octets);
    assert.equal(answer.body.length, (MESSAGE_STEPS[0] ?? 0) + RESPONSE_OVERHEAD);
    const opened = must(decodeResponse(sealed.openResponse(answer.body) ?? NOTHING));
    assert.equal(`${opened.status} ${readProblem(opened).code}`, expected);
  }
});

test('what is not a sealed request is refused before anything is opened', async () => {
  const { door, post } = gatewayAlone();
  assert.equal(readProblem(await post(NOTHING)).code, 'gateway-key-unknown');
  assert.equal(readProblem(await post(NOTHING, 'text/plain')).code, 'media-type-refused');
  const deleted = await door({ method: 'DELETE', url: `https://${MARKET}/`, headers: {}, body: NOTHING });
  assert.equal(readProblem(deleted).code, 'method-refused');
});

test('everybody gets the same keys, signed, and other programs get them plain', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  await Promise.all(addresses.map((address) => wayOf(senderOn(on, address))));
  const asked = on.sights.filter((it) => it.to === MARKET);
  assert.equal(asked.length, 1, 'the relay asks once for all');
  const answers = on.sights.filter((it) => it.to === RELAY.host).map((it) => it.answer?.body);
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
  on.clock.advance(RELAY_LIMITS.heldKeysMs);
  await wayOf(senderOn(on, '192.0.2.1'));
  assert.equal(on.sights.filter((it) => it.to === MARKET).length, 2, 'and again after an hour');
  assert.deepEqual(on.sights.at(-2)?.answer?.body, answers[0], 'an epoch has one document');

  const { door } = gatewayAlone();
  const headers = { accept: KEYS_TYPE };
  const plain = await door({ method: 'GET', url: `https://${MARKET}/`, headers, body: NOTHING });
  assert.deepEqual(plain.headers['content-type'], KEYS_TYPE);
  const [only] = must(decodeKeys(plain.body));
  assert.deepEqual(only?.aeads, [2]);
});

test('a relay that exchanges the keys is found out', async () => {
  const on = street();
  relayOn(on);
  const mallory = signingKey(new Uint8Array(32).fill(9));
  const deps = { nodeKey: new Uint8Array(32), clock: on.clock, random: on.random };
  const fetched = async (host: string, signer = SIGNER) => {
    on.doors.set(MARKET, openGateway({ ...deps, host, signer }, echo));
    relayOn(on);
    const known = { host: MARKET, publicKey: SIGNER.publicKey };
    return codeOf(await keysThroughRelay(senderOn(on, '192.0.2.1'), RELAY, known));
  };
  assert.equal(await fetched(MARKET), 'ok');
  assert.equal(await fetched(MARKET, mallory), 'gateway-keys-refused', 'signed by somebody else');
  assert.equal(await fetched('other.example'), 'gateway-keys-refused', 'of another node');

  const { door, clock } = gatewayAlone();
  const { body } = await door({ method: 'GET', url: `https://${MARKET}/`, headers: {}, body: NOTHING });
  const read = (octets: Uint8Array, now = clock.now()) =>
    codeOf(readKeys(octets, MARKET, SIGNER.publicKey, now));
  assert.equal(read(body), 'ok');
  assert.equal(read(body, keyEnds(epochAt(NOON))), 'gateway-keys-refused', 'ended');
  for (let end = 0; end < body.length; end++)
    assert.equal(read(body.subarray(0, end)), 'gateway-keys-refused');
  assert.equal(read(new Uint8Array(RELAY_LIMITS.keysBytes + 1)), 'gateway-keys-refused');
});

test('a relay that alters, exchanges or invents an answer is found out', async () => {
  const on = street();
  marketOn(on, echo);
  relayOn(on);
  const sender = senderOn(on, '192.0.2.1');
  const { gateway } = await wayOf(sender);
  const honest = on.doors.get(RELAY.host);
  assert(honest);
  const first = await honest(
    {
      method: 'POST',
      url: `https://${RELAY.host}/parley/v1/relay/${MARKET}`,
      headers: { 'content-type': REQUEST_TYPE },
      body: sealedFor(gateway, envelope('another one')).octets,
    },
    '192.0.2.9',
  );
  const bodies = [
    first.body,
    first.body.with(40, (first.body[40] ?? 0) ^ 1),
    new Uint8Array(first.body.length),
    NOTHING,
  ];
  for (const body of bodies) {
    on.doors.set(RELAY.host, async () => ({ ...first, body }));
    assert.equal(
      codeOf(await throughRelay(sender, RELAY, gateway)(envelope('x'))),
      'relay-answer-unreadable',
    );
  }
  on.doors.set(RELAY.host, async () => ({
    status: 200,
    headers: { 'content-type': SIGNED_KEYS_TYPE },
    body: NOTHING,
  }));
  assert.equal(codeOf(await throughRelay(sender, RELAY, gateway)(envelope('x'))), 'relay-refused');
});
