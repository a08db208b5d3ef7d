import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUtf8 } from '../kernel/bytes.ts';
import { must } from '../kernel/result.ts';
import { type SeededRandom, seededRandom } from '../kernel/seeded-random.ts';
import {
  decodeRequest,
  MESSAGE_STEPS,
  openRequest,
  REQUEST_OVERHEAD,
  RESPONSE_OVERHEAD,
  type WireRequest,
} from '../network/index.ts';
import { epochAt, gatewayKeys } from './gateway-keys.ts';
import {
  envelope,
  MARKET,
  marketOn,
  NODE_KEY,
  NOON,
  relayOn,
  type Sight,
  senderOn,
  street,
  wayOf,
} from './testing.ts';

/**
 * docs/explanation/relays.md, row by row: everything that each machine gets to see is
 * written down, and compared.
 */
const MAYA = '192.0.2.77';
const SEED = 'maya';
const RUN = 6;

interface Told {
  /** What the relay sees: of the sender, and of the gateway. */
  readonly relay: readonly Sight[];
  /** What the gateway's machine sees, before it opens anything. */
  readonly gateway: readonly Sight[];
  /** What the gateway hands to the node's own door: all arguments, whatever they are. */
  readonly inner: readonly unknown[][];
}

async function tell(
  request: WireRequest,
  answer: string,
  address = MAYA,
  random = seededRandom(SEED),
): Promise<Told> {
  const on = street();
  const inner: unknown[][] = [];
  marketOn(on, async (...seen) => {
    inner.push(seen);
    return { status: 200, headers: { 'content-type': 'application/parley-receipts' }, body: toUtf8(answer) };
  });
  relayOn(on);
  const { way } = await wayOf(senderOn(on, address, random));
  assert.deepEqual(must(await way(request)).body, toUtf8(answer));
  return { relay: on.sights, gateway: on.sights.filter((it) => it.to === MARKET), inner };
}

/** Every octet of a view, as it would lie in a dump. */
function dump(view: unknown): Buffer {
  const parts: Buffer[] = [];
  const add = (it: unknown): void => {
    if (it instanceof Uint8Array) parts.push(Buffer.from(it));
    else if (typeof it !== 'object' || it === null) parts.push(Buffer.from(`${it}\n`, 'latin1'));
    else for (const pair of Object.entries(it)) for (const part of pair) add(part);
  };
  add(view);
  return Buffer.concat(parts);
}

/** The runs of octets that both hold, in plain, base64url or hexadecimal. */
function shared(view: Buffer, secret: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at + RUN <= secret.length; at++) {
    const run = Buffer.from(secret.subarray(at, at + RUN));
    for (const form of [run, Buffer.from(run.toString('hex')), Buffer.from(run.toString('base64url'))])
      if (view.includes(form)) found.push(run.toString('latin1'));
  }
  return found;
}

const SECRET = envelope('a used trumpet near Ghent, up to 500 euro; alias 7f3k9; reply to drop-box QmXyZ', {
  url: `https://${MARKET}/parley/v1/inbox/QmFzaWNhbGx5QVNlY3JldA?lane=8zz1`,
  headers: {
    'content-type': 'application/parley-envelopes',
    'signature-input': 'sig1=("@method");keyid="one-use"',
  },
});
/** Words that stand in every request through a relay, and in this dump of it. */
const PUBLIC = ['content-type', '/parley/v1/', 'method'];
const ANSWER = '{"receipt":"taken as number 4711, in crowd of forty"}';

test('the relay: who and when and to which node, and no run of six octets of what', async () => {
  const { relay, inner } = await tell(SECRET, ANSWER);
  const view = dump(relay.filter((it) => it.request.method === 'POST')); // the rest are keys, the same for everybody
  assert(view.includes(MAYA) && view.includes(MARKET), 'it does know who writes to whom');
  const inside = [
    new URL(SECRET.url).pathname.slice('/parley/v1/'.length), // the beginning is the same for everybody
    new URL(SECRET.url).search,
    ...Object.entries(SECRET.headers).flat(),
    'application/parley-receipts',
    ANSWER,
  ].map(toUtf8);
  for (const secret of [...inside, SECRET.body]) {
    const runs = shared(view, secret).filter((run) => !PUBLIC.some((words) => words.includes(run)));
    assert.deepEqual(runs, []);
  }
  assert(shared(dump(inner), SECRET.body).length > 50, 'the comparison finds what is there');
});

test('the relay: two requests of one step differ in the sealed octets and in nothing else', async () => {
  const other = envelope('x', { url: `https://${MARKET}/parley/v1/table`, method: 'PUT', headers: {} });
  const [mine, its] = [(await tell(SECRET, ANSWER)).relay, (await tell(other, 'no')).relay];
  const withoutSealed = (view: readonly Sight[]) =>
    view.map(({ request, answer, ...rest }) => ({
      ...rest,
      request: request.method === 'POST' ? { ...request, body: request.body.length } : request,
      answer: request.method === 'POST' ? { ...answer, body: answer?.body.length } : answer,
    }));
  assert.deepEqual(withoutSealed(mine), withoutSealed(its));
});

test('the network beside the sender, and beside the relay: lengths, which are of five kinds', async () => {
  const lengths = new Set<string>();
  for (const length of [0, 1, 10, 100, 1_000, 3_000, 9_000, 12_345, 60_000, 200_000, 1_000_000]) {
    const { relay } = await tell(envelope('a'.repeat(length)), 'b'.repeat(1_000_000 - length));
    for (const { request, answer } of relay.filter((it) => it.request.method === 'POST'))
      lengths.add(
        `${request.body.length - REQUEST_OVERHEAD} ${(answer?.body.length ?? 0) - RESPONSE_OVERHEAD}`,
      );
  }
  const [sent, received] = [0, 1].map(
    (side) => new Set([...lengths].map((it) => Number(it.split(' ')[side]))),
  );
  assert.deepEqual(
    [...(sent ?? [])].sort((a, b) => a - b),
    MESSAGE_STEPS,
  );
  assert([...(received ?? [])].every((it) => MESSAGE_STEPS.includes(it)));
});

test('the gateway and the market: every octet is the same, whoever sent it from wherever', async () => {
  const [maya, noor] = [await tell(SECRET, ANSWER), await tell(SECRET, ANSWER, '198.51.100.4')];
  assert.deepEqual(dump(maya.gateway), dump(noor.gateway));
  assert.deepEqual(maya.inner, noor.inner);
  assert.deepEqual(maya.inner, [[SECRET]], 'the inner door is handed the request and nothing beside it');
  assert.deepEqual(shared(dump([maya.gateway, maya.inner]), toUtf8(MAYA)), []);
  assert.deepEqual(
    new Set(maya.gateway.map((it) => it.from)),
    new Set(['203.0.113.50']),
    'the relay’s own address',
  );
});

test('the market: two requests of one sender have nothing in common but what the sender put in', async () => {
  const on = street();
  const inner: WireRequest[] = [];
  marketOn(on, async (request) => {
    inner.push(request);
    return { status: 200, headers: {}, body: toUtf8('taken') };
  });
  relayOn(on);
  const { way } = await wayOf(senderOn(on, MAYA));
  for (const words of ['first', 'other']) must(await way(envelope(words, { headers: {} })));
  const [first, second] = on.sights.filter((it) => it.to === MARKET && it.request.method === 'POST');
  assert(first && second);
  // The first seven octets name the key, which is everybody's.
  assert.deepEqual(shared(Buffer.from(first.request.body.subarray(7)), second.request.body.subarray(7)), []);
  assert.deepEqual(
    inner.map((it) => Object.keys(it).sort()),
    Array(2).fill(['body', 'headers', 'method', 'url']),
  );
});

test('relay and market together: everything; the page says so', async () => {
  const { relay, gateway, inner } = await tell(SECRET, ANSWER);
  const [atGateway] = gateway.filter((it) => it.request.method === 'POST');
  const atRelay = relay.find((it) => it.from === MAYA && it.request.method === 'POST');
  assert.deepEqual(atRelay?.request.body, atGateway?.request.body, 'the sealed octets join the two');
  assert.deepEqual(inner, [[SECRET]]);
});

test('a relay that kept the sealed octets, and gets the node key years later: what was in them', async () => {
  const { relay } = await tell(SECRET, ANSWER);
  const kept = relay.find((it) => it.from === MAYA && it.request.method === 'POST')?.request.body;
  const opened = must(openRequest(gatewayKeys(NODE_KEY, epochAt(NOON)), kept ?? new Uint8Array(0)));
  assert.deepEqual(must(decodeRequest(opened.plain)), SECRET);
});

test('the relay: a request that is tried again looks like another one', async () => {
  const random: SeededRandom = seededRandom('one stream for both');
  const sealed: Uint8Array[] = [];
  for (const { relay } of [
    await tell(SECRET, ANSWER, MAYA, random),
    await tell(SECRET, ANSWER, MAYA, random),
  ]) {
    const sight = relay.find((it) => it.from === MAYA && it.request.method === 'POST');
    if (sight) sealed.push(sight.request.body.subarray(7));
  }
  const [request, again] = sealed;
  assert(request && again);
  assert.deepEqual(shared(Buffer.from(request), again), []);
});
