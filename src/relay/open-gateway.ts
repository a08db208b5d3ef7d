import { toBase64url } from '../kernel/bytes.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { SigningKey } from '../kernel/signing.ts';
import {
  decodeRequest,
  encapsulatedIn,
  encodeResponse,
  KEYS_TYPE,
  openRequest,
  padMessage,
  problemAnswer,
  REQUEST_TYPE,
  RESPONSE_TYPE,
  type WireRequest,
  type WireResponse,
} from '../network/index.ts';
import { epochAt, gatewayKeys, keyEnds, publishedKeys, SIGNED_KEYS_TYPE, signKeys } from './gateway-keys.ts';
import { isPassage } from './paths.ts';
import { rememberRepeats } from './repeats.ts';

interface GatewayDeps {
  /** The name that this node is reached by. */
  readonly host: string;
  readonly nodeKey: Uint8Array;
  /** Signs the published keys: the key that others know this node, or its market, by. */
  readonly signer: SigningKey;
  readonly clock: Clock;
  readonly random: Random;
}

/** What a sealed request is handed to, opened and without an address that it came from. */
export type InnerDoor = (request: WireRequest) => Promise<WireResponse>;

/**
 * The node's own gateway: GET answers its keys, POST opens a sealed request, asks the inner door, and seals the
 * answer. What goes wrong before it is open is said to the relay as a bare code; everything later is sealed.
 */
export function openGateway(deps: GatewayDeps, inner: InnerDoor): InnerDoor {
  const repeats = rememberRepeats(deps.clock);
  const keysNow = keyring(deps);
  const ask = async (plain: Uint8Array): Promise<WireResponse> => {
    const request = decodeRequest(plain);
    if (!request.ok) return problemAnswer(400, request.code);
    // Only this node's own doors: a gateway that went further would be an open relay without a limit.
    if (new URL(request.value.url).host !== deps.host) return problemAnswer(421, 'host-refused');
    if (isPassage(request.value.url)) return problemAnswer(404, 'path-unknown');
    return inner(request.value);
  };
  return async (request) => {
    const held = keysNow();
    if (request.method === 'GET') return keysAnswer(request, held, deps);
    if (request.method !== 'POST') return problemAnswer(405, 'method-refused');
    if (request.headers['content-type'] !== REQUEST_TYPE) return problemAnswer(415, 'media-type-refused');
    const name = toBase64url(encapsulatedIn(request.body));
    if (repeats.has(name)) return problemAnswer(409, 'sealed-request-repeated');
    const opened = openRequest(held.keys, request.body);
    if (!opened.ok) return problemAnswer(422, opened.code);
    repeats.add(name); // only now: whoever cannot seal it cannot use its name up
    const answer = await ask(opened.value.plain);
    const padded = padMessage(encodeResponse(answer));
    const whole = padded.ok ? padded : padMessage(encodeResponse(problemAnswer(500, 'answer-too-long')));
    if (!whole.ok) throw new Error('a problem is shorter than the smallest step');
    const body = opened.value.sealResponse(whole.value, deps.random);
    return { status: 200, headers: { 'content-type': RESPONSE_TYPE, 'cache-control': 'no-store' }, body };
  };
}

type Held = ReturnType<ReturnType<typeof keyring>>;

/** The keys of this moment, derived once for each epoch. */
function keyring({ nodeKey, clock, host, signer }: GatewayDeps) {
  const make = (epoch: number) => {
    const keys = gatewayKeys(nodeKey, epoch);
    const published = publishedKeys(keys);
    return { epoch, keys, published, signed: signKeys(host, published, keyEnds(epoch), signer) };
  };
  let held = make(epochAt(clock.now()));
  return () => {
    const epoch = epochAt(clock.now());
    if (epoch !== held.epoch) held = make(epoch);
    return held;
  };
}

function keysAnswer(request: WireRequest, held: Held, { clock }: GatewayDeps): WireResponse {
  const seconds = Math.max(0, Math.floor((keyEnds(held.epoch) - clock.now()) / 1000));
  const isPlain = request.headers.accept === KEYS_TYPE;
  return {
    status: 200,
    headers: {
      'content-type': isPlain ? KEYS_TYPE : SIGNED_KEYS_TYPE,
      'cache-control': `public, max-age=${Math.min(seconds, 24 * 3600)}`,
      vary: 'accept',
    },
    body: isPlain ? held.published : held.signed,
  };
}
