import { toUtf8 } from '../kernel/bytes.ts';
import { manualClock } from '../kernel/clock.ts';
import { fail, must, ok } from '../kernel/result.ts';
import { type SeededRandom, seededRandom } from '../kernel/seeded-random.ts';
import { signingKey } from '../kernel/signing.ts';
import type { Exchange, WireRequest, WireResponse } from '../network/index.ts';
import type { Gateway } from './gateway-keys.ts';
import {
  type InnerDoor,
  openGateway,
  openRelay,
  type RelayDeps,
  type SenderDeps,
  throughRelay,
} from './index.ts';
import { keysThroughRelay } from './through-relay.ts';

export const MARKET = 'market.example';
export const RELAY = { host: 'relay.example' };
/** A Wednesday noon. */
export const NOON = Date.UTC(2026, 10, 25, 12);

/** One crossing of the network, as the machine at its end sees it. */
export interface Sight {
  readonly from: string;
  readonly to: string;
  readonly request: WireRequest;
  readonly answer: WireResponse | undefined;
  readonly limits: Parameters<Exchange>[1];
}

type Door = (request: WireRequest, from: string) => Promise<WireResponse>;

/** A few machines with addresses and a network between them that writes down everything that crosses it. */
export function street(seed = 'street') {
  const clock = manualClock(NOON);
  const random = seededRandom(seed);
  const doors = new Map<string, Door>();
  const sights: Sight[] = [];
  const exchangeFrom =
    (from: string): Exchange =>
    async (request, limits) => {
      const to = new URL(request.url).host;
      const door = doors.get(to);
      const answer = await door?.(request, from);
      sights.push({ from, to, request, answer, limits });
      if (!answer) return fail('host-unreachable', 'That machine is not there.', 'Try again later.');
      if (answer.body.length > (limits?.maxBytes ?? Number.POSITIVE_INFINITY))
        return fail('answer-too-large', 'That is too much.', 'Ask for less.');
      return ok(answer);
    };
  return { clock, random, doors, sights, exchangeFrom, originOf: (host: string) => `https://${host}` };
}

type Street = ReturnType<typeof street>;

export const NODE_KEY = new Uint8Array(32).fill(5);
export const SIGNER = signingKey(new Uint8Array(32).fill(6));

/** The market's machine: its gateway, and behind it a door that answers with what it was asked. */
export function marketOn(on: Street, inner: InnerDoor): void {
  const random: SeededRandom = seededRandom('market');
  const deps = { host: MARKET, nodeKey: NODE_KEY, signer: SIGNER, clock: on.clock, random };
  on.doors.set(MARKET, openGateway(deps, inner));
}

export function relayOn(on: Street, choices: Partial<RelayDeps> = {}): void {
  const relay = openRelay({
    exchange: on.exchangeFrom('203.0.113.50'),
    clock: on.clock,
    isOn: () => true,
    ownHosts: [RELAY.host],
    admit: () => true,
    mayRelayTo: () => true,
    originOf: on.originOf,
    ...choices,
  });
  on.doors.set(RELAY.host, (request, from) => relay(request, from));
}

export function senderOn(on: Street, address: string, random: SeededRandom = on.random): SenderDeps {
  return { exchange: on.exchangeFrom(address), clock: on.clock, random, originOf: on.originOf };
}

/** The market's keys and the way to it, for a sender at this address. */
export async function wayOf(sender: SenderDeps): Promise<{ gateway: Gateway; way: Exchange }> {
  const gateway = must(await keysThroughRelay(sender, RELAY, { host: MARKET, publicKey: SIGNER.publicKey }));
  return { gateway, way: throughRelay(sender, RELAY, gateway) };
}

export function envelope(words: string, more: Partial<WireRequest> = {}): WireRequest {
  return {
    method: 'POST',
    url: `https://${MARKET}/parley/v1/inbox/AbCdEfGh`,
    headers: {
      'content-type': 'application/parley-envelopes',
      signature: 'sig1=:c2lnbmVkLWJ5LWEtb25lLXVzZS1rZXk=:',
    },
    body: toUtf8(words),
    ...more,
  };
}

/** Answers every request with its own words, as a receipt. */
export const echo: InnerDoor = async (request) => ({
  status: 200,
  headers: { 'content-type': 'application/parley-receipts' },
  body: toUtf8(`taken: ${Buffer.from(request.body).toString()}`),
});
