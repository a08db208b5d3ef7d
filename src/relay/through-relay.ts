import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { fail, type Result } from '../kernel/result.ts';
import {
  decodeResponse,
  type Exchange,
  encodeRequest,
  MESSAGE_STEPS,
  padMessage,
  REQUEST_TYPE,
  RESPONSE_OVERHEAD,
  RESPONSE_TYPE,
  readProblem,
  sealRequest,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { type Gateway, readKeys, SIGNED_KEYS_TYPE } from './gateway-keys.ts';
import { RELAY_LIMITS } from './limits.ts';
import { relayUrl } from './paths.ts';

export interface SenderDeps {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly originOf: (host: string) => string;
}

/** Somebody else's node that carries for us. */
interface Relay {
  readonly host: string;
}

/**
 * A way out that reaches the gateway's node through the relay, and looks like the direct one. Every request is sealed
 * anew, also when it is tried again: the same octets twice would tell the relay that they are one.
 */
export function throughRelay(deps: SenderDeps, relay: Relay, gateway: Gateway): Exchange {
  return async (request, limits) => {
    const refused = refusalOf(deps, relay, gateway, request);
    if (refused) return refused;
    const padded = padMessage(encodeRequest(request));
    if (!padded.ok) return padded;
    const sealed = sealRequest(gateway.configuration, padded.value, deps.random);
    if (!sealed.ok) return sealed;
    const answer = await deps.exchange(
      {
        method: 'POST',
        url: relayUrl(deps.originOf(relay.host), gateway.host),
        headers: { 'content-type': REQUEST_TYPE },
        body: sealed.value.octets,
      },
      {
        timeoutMs: limits?.timeoutMs ?? RELAY_LIMITS.senderMs,
        maxBytes: Math.max(...MESSAGE_STEPS) + RESPONSE_OVERHEAD,
      },
    );
    if (!answer.ok) return answer;
    if (answer.value.status !== 200 || answer.value.headers['content-type'] !== RESPONSE_TYPE)
      return notCarried(answer.value);
    const plain = sealed.value.openResponse(answer.value.body);
    const response = plain ? decodeResponse(plain) : unreadable();
    const most = limits?.maxBytes;
    if (response.ok && most !== undefined && response.value.body.length > most) return tooLong();
    return response;
  };
}

/** The keys of a node that is known by its public key, asked for through the relay. */
export async function keysThroughRelay(
  deps: SenderDeps,
  relay: Relay,
  gateway: { readonly host: string; readonly publicKey: Uint8Array },
): Promise<Result<Gateway>> {
  const url = relayUrl(deps.originOf(relay.host), gateway.host);
  const answer = await deps.exchange(
    { method: 'GET', url, headers: {}, body: new Uint8Array(0) },
    { timeoutMs: RELAY_LIMITS.senderMs, maxBytes: RELAY_LIMITS.keysBytes },
  );
  if (!answer.ok) return answer;
  const { status, headers, body } = answer.value;
  if (status !== 200 || headers['content-type'] !== SIGNED_KEYS_TYPE) return notCarried(answer.value);
  return readKeys(body, gateway.host, gateway.publicKey, deps.clock.now());
}

function refusalOf(
  { clock }: SenderDeps,
  relay: Relay,
  gateway: Gateway,
  { url }: WireRequest,
): Result<never> | undefined {
  if (relay.host === gateway.host) {
    return fail(
      'relay-is-target',
      'The relay and the node to be reached are the same, so it would hide nothing. Nothing was sent.',
      'Choose another relay.',
    );
  }
  if (new URL(url).host !== gateway.host) throw new Error('this way leads to one node only');
  return clock.now() < gateway.until ? undefined : keysOver();
}

function keysOver(): Result<never> {
  return fail(
    'gateway-key-unknown',
    'The keys of the other node that are at hand are not used any more. Nothing was done.',
    'It is tried again with new ones.',
  );
}

/** An answer that is not sealed: the relay's word only, so it decides nothing but when and how to try again. */
function notCarried(answer: WireResponse): Result<never> {
  const { code } = readProblem(answer);
  switch (code) {
    case 'gateway-key-unknown':
    case 'sealed-request-unreadable':
      return keysOver();
    case 'relay-off':
      return fail('relay-off', 'That node does not carry for others.', 'Choose another relay.');
    case 'relay-busy':
      return fail('relay-busy', 'The relay has too much to carry at the moment.', 'It is tried again later.');
    case 'gateway-unreachable':
      return fail(
        'gateway-unreachable',
        'The relay cannot reach the other node at the moment.',
        'It is tried again later.',
      );
    default:
      return fail(
        'relay-refused',
        'The relay did not carry it.',
        'Choose another relay, or try again later.',
      );
  }
}

function unreadable(): Result<never> {
  return fail(
    'relay-answer-unreadable',
    'The answer that the relay brought is not the other node’s. It may have been done all the same.',
    'It is tried again; nothing is done twice.',
  );
}

function tooLong(): Result<never> {
  return fail(
    'answer-too-long',
    'The answer of the other node is longer than was asked for.',
    'Ask for less.',
  );
}
