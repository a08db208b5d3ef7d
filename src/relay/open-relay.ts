import type { Clock } from '../kernel/clock.ts';
import {
  type Exchange,
  MESSAGE_STEPS,
  problemAnswer,
  REQUEST_OVERHEAD,
  REQUEST_TYPE,
  RESPONSE_OVERHEAD,
  RESPONSE_TYPE,
  readProblem,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { SIGNED_KEYS_TYPE } from './gateway-keys.ts';
import { RELAY_LIMITS } from './limits.ts';
import { gatewayUrl, targetOf } from './paths.ts';

export interface RelayDeps {
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** What the operator of this node has chosen; off until they say otherwise. */
  readonly isOn: () => boolean;
  /** Names that this node itself is reached by. */
  readonly ownHosts: readonly string[];
  /** False when this address has asked too often. Nothing else is done with an address, and it is not kept. */
  readonly admit: (remote: string) => boolean;
  /** False for hosts that nothing is carried to; `isPublicName` outside a household. */
  readonly mayRelayTo: (host: string) => boolean;
  readonly originOf: (host: string) => string;
}

/** Codes of a gateway that the sender can do something about; they are not sealed, so they prove nothing. */
const PASSED_ON = new Set(['gateway-key-unknown', 'sealed-request-unreadable', 'sealed-request-repeated']);

/**
 * The relay: POST carries a sealed request to the gateway of the host in its path, GET hands on that gateway's signed
 * keys. To the gateway go the sealed octets and their type, nothing of the sender; nothing is written down.
 */
export function openRelay(deps: RelayDeps): (request: WireRequest, remote: string) => Promise<WireResponse> {
  let inFlight = 0;
  const keys = heldKeys(deps);
  return async (request, remote) => {
    const refusal = refusalOf(deps, request, remote);
    if (refusal) return refusal;
    if (inFlight >= RELAY_LIMITS.inFlight) return problemAnswer(429, 'relay-busy');
    const host = targetOf(request.url) ?? '';
    inFlight++;
    try {
      return await (request.method === 'GET' ? keys(host) : carry(deps, host, request.body));
    } finally {
      inFlight--;
    }
  };
}

function refusalOf(deps: RelayDeps, request: WireRequest, remote: string): WireResponse | undefined {
  if (!deps.isOn()) return problemAnswer(403, 'relay-off');
  if (!deps.admit(remote)) return problemAnswer(429, 'relay-busy');
  const host = targetOf(request.url);
  if (host === undefined || deps.ownHosts.includes(host) || !deps.mayRelayTo(host))
    return problemAnswer(403, 'relay-target-refused');
  if (request.method === 'GET') return undefined;
  if (request.method !== 'POST') return problemAnswer(405, 'method-refused');
  if (request.headers['content-type'] !== REQUEST_TYPE) return problemAnswer(415, 'media-type-refused');
  // Only the lengths that everybody sends: none stands out, and nothing else can be smuggled through.
  if (!isStep(request.body.length - REQUEST_OVERHEAD)) return problemAnswer(400, 'relay-length-refused');
  return undefined;
}

async function carry(deps: RelayDeps, host: string, body: Uint8Array): Promise<WireResponse> {
  const answer = await deps.exchange(
    {
      method: 'POST',
      url: gatewayUrl(deps.originOf(host)),
      headers: { 'content-type': REQUEST_TYPE },
      body,
    },
    { timeoutMs: RELAY_LIMITS.gatewayMs, maxBytes: Math.max(...MESSAGE_STEPS) + RESPONSE_OVERHEAD },
  );
  if (!answer.ok) return problemAnswer(502, 'gateway-unreachable');
  const { status, headers, body: sealed } = answer.value;
  if (
    status === 200 &&
    headers['content-type'] === RESPONSE_TYPE &&
    isStep(sealed.length - RESPONSE_OVERHEAD)
  ) {
    return { status, headers: { 'content-type': RESPONSE_TYPE, 'cache-control': 'no-store' }, body: sealed };
  }
  const { code } = readProblem(answer.value);
  return PASSED_ON.has(code) ? problemAnswer(422, code) : problemAnswer(502, 'gateway-refused');
}

/**
 * One copy of a gateway's keys for everybody who asks within the hour, so that it cannot give each a key of their own,
 * also not by disowning the one it gave before.
 */
function heldKeys(deps: RelayDeps): (host: string) => Promise<WireResponse> {
  const held = new Map<string, { readonly answer: Promise<WireResponse>; readonly until: number }>();
  return async (host) => {
    const known = held.get(host);
    if (known && deps.clock.now() < known.until) return known.answer;
    const oldest = held.size >= RELAY_LIMITS.heldKeys ? held.keys().next().value : undefined;
    if (oldest !== undefined) held.delete(oldest);
    const answer = fetchKeys(deps, host); // held before it is there: who asks meanwhile gets the same
    held.delete(host);
    held.set(host, { answer, until: deps.clock.now() + RELAY_LIMITS.heldKeysMs });
    let isGood = false;
    try {
      const fetched = await answer;
      isGood = fetched.status === 200;
      return fetched;
    } finally {
      if (!isGood && held.get(host)?.answer === answer) held.delete(host);
    }
  };
}

async function fetchKeys(deps: RelayDeps, host: string): Promise<WireResponse> {
  const answer = await deps.exchange(
    { method: 'GET', url: gatewayUrl(deps.originOf(host)), headers: {}, body: new Uint8Array(0) },
    { timeoutMs: RELAY_LIMITS.gatewayMs, maxBytes: RELAY_LIMITS.keysBytes },
  );
  if (!answer.ok) return problemAnswer(502, 'gateway-unreachable');
  const { status, headers, body } = answer.value;
  if (status !== 200 || headers['content-type'] !== SIGNED_KEYS_TYPE)
    return problemAnswer(502, 'gateway-refused');
  return { status, headers: { 'content-type': SIGNED_KEYS_TYPE, 'cache-control': 'no-store' }, body };
}

function isStep(length: number): boolean {
  return MESSAGE_STEPS.includes(length);
}
