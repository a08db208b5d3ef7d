import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { isLoopback } from '../../kernel/addresses.ts';
import { isSecure } from './host-check.ts';

/** The other end's address; one that has hung up already is `unknown`. Undefined when no connection stands behind it. */
export function socketOf(c: Context): string | undefined {
  const { incoming }: Partial<HttpBindings> = c.env ?? {}; // of the adaptor, none in tests
  return incoming && (incoming.socket.remoteAddress ?? 'unknown');
}

/**
 * For whom the one at that address says that it asks: a proxy on this machine adds that at the end. Undefined when it says
 * nothing; nobody else is believed about it.
 */
export function forwardedFor(c: Context, address: string): string | undefined {
  const header = c.req.header('x-forwarded-for');
  if (header === undefined || !isLoopback(address)) return undefined;
  const last = header.split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? 'unknown' : last;
}

/**
 * The caller's address when it is another machine, or may be. This node speaks no TLS: who comes to an https: origin came
 * through a proxy, and is not at this machine for coming from it.
 */
export function remoteOf(c: Context, origin: string | undefined): string | undefined {
  const address = socketOf(c);
  if (address === undefined) return undefined;
  const told = forwardedFor(c, address) ?? (isSecure(origin) ? 'unknown' : undefined);
  return isLoopback(address) ? told : address;
}
