import type { Context } from 'hono';
import { sideOf } from '../../kernel/addresses.ts';
import {
  OBLIVIOUS_LIMITS,
  problemAnswer,
  REQUEST_OVERHEAD,
  type WireRequest,
  type WireResponse,
} from '../../network/index.ts';
import { forwardedFor, socketOf } from './caller.ts';
import { readAtMost } from './read-body.ts';

/** What other nodes are answered, and the address that they know this node by. */
export interface PeerDoor {
  readonly origin: string;
  /** `side` stands for the network that it came from (kernel/addresses.ts). */
  answer(request: WireRequest, side: string): Promise<WireResponse>;
}

/**
 * The door for other nodes. They bring no cookies and get none; whose request it is they prove by its signature, over the
 * address they know this node by, whatever the proxy before it made of that.
 */
export function peerRoute({ origin, answer }: PeerDoor): (c: Context) => Promise<Response> {
  return async (c) => {
    const { method, headers, body } = c.req.raw;
    const octets = body === null ? new Uint8Array(0) : await readAtMost(body, MOST_OCTETS);
    if (!octets) return asResponse(problemAnswer(413, 'request-too-large'));
    const { pathname, search } = new URL(c.req.url);
    const url = `${origin}${pathname}${search}`;
    const request = { method, url, headers: Object.fromEntries(headers), body: octets };
    return asResponse(await answer(request, sideOf(remoteOf(c))));
  };
}

/** The longest that another node posts: something sealed that a relay carries. */
const MOST_OCTETS = OBLIVIOUS_LIMITS.largestMessageBytes + REQUEST_OVERHEAD;

/** Who sent it. A proxy on this machine says for whom it asks; nobody else is believed about that. */
function remoteOf(c: Context): string {
  const address = socketOf(c) ?? '127.0.0.1';
  return forwardedFor(c, address) ?? address;
}

function asResponse({ status, headers, body }: WireResponse): Response {
  return new Response(Buffer.from(body), { status, headers: { 'cache-control': 'no-store', ...headers } });
}
