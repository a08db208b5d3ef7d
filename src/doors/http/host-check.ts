import { type Failure, fail } from '../../kernel/result.ts';

/**
 * `host:port` of every address this node answers at, each with the origin of its pages; a name that somebody else
 * controls is none of them.
 */
export type Hosts = ReadonlyMap<string, string>;

/** The addresses of one port, as browsers write them in Host; the port 80 may be left out. */
export function hostsFor(names: readonly string[], port: number): Hosts {
  const ports = port === 80 ? ['', ':80'] : [`:${port}`];
  const hosts = names.flatMap((name) =>
    ports.map((suffix) => (name.includes(':') ? `[${name}]` : name) + suffix),
  );
  return new Map(hosts.map((host) => [host, `http://${host}`]));
}

/** The origin of the pages under the name that was called; undefined for a name that is none of ours. */
export function originOf(headers: Headers, hosts: Hosts): string | undefined {
  return hosts.get((headers.get('host') ?? '').toLowerCase());
}

/** True where a proxy speaks TLS for this node. */
export function isSecure(origin: string | undefined): boolean {
  return origin?.startsWith('https:') === true;
}

/**
 * Refuses requests under another name (DNS rebinding) and those that a page of another origin makes. A missing
 * Origin is a program, or a page's own reading.
 */
export function refuseForeign(headers: Headers, hosts: Hosts): Failure | undefined {
  const own = originOf(headers, hosts);
  if (own === undefined) {
    return fail(
      'host-refused',
      'This node does not answer under that name.',
      'Open the address that it printed when it started.',
    );
  }
  const origin = headers.get('origin');
  const isOwn = origin === null || origin.toLowerCase() === own;
  // Sec-Fetch-Site comes from browsers only, and no page can forge it.
  const site = headers.get('sec-fetch-site') ?? 'none';
  const isReached = site === 'none' || site === 'same-origin' || headers.get('sec-fetch-mode') === 'navigate';
  if (isOwn && isReached) return undefined;
  return fail(
    'origin-refused',
    'A page of another site may not call this node.',
    'Use the pages of the node itself.',
  );
}
