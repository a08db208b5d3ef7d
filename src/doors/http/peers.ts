import type { Context } from 'hono';
import { LIMITS } from '../../kernel/limits.ts';
import { problemAnswer, type WireRequest, type WireResponse } from '../../network/index.ts';
import { readAtMost } from './read-body.ts';

/** What other nodes are answered, and the address that they know this node by. */
export interface PeerDoor {
  readonly origin: string;
  answer(request: WireRequest): Promise<WireResponse>;
}

/**
 * The door for other nodes. They bring no cookies and get none; whose request it is they prove by its signature, over the
 * address they know this node by, whatever the proxy before it made of that.
 */
export function peerRoute({ origin, answer }: PeerDoor): (c: Context) => Promise<Response> {
  return async (c) => {
    const { method, headers, body } = c.req.raw;
    const octets = body === null ? new Uint8Array(0) : await readAtMost(body, LIMITS.requestBytes);
    if (!octets) return asResponse(problemAnswer(413, 'request-too-large'));
    const { pathname, search } = new URL(c.req.url);
    const url = `${origin}${pathname}${search}`;
    return asResponse(await answer({ method, url, headers: Object.fromEntries(headers), body: octets }));
  };
}

function asResponse({ status, headers, body }: WireResponse): Response {
  return new Response(Buffer.from(body), { status, headers: { ...headers, 'cache-control': 'no-store' } });
}
