import type { breaker } from '../network/index.ts';

/** What a running node knows of others; it is forgotten when it stops and learned anew. */
export interface Peers {
  readonly breaker: ReturnType<typeof breaker>;
  /** Milliseconds that a host's clock is ahead of this one, as it said itself. */
  offset(host: string): number;
  setOffset(host: string, ms: number): void;
}

const HOSTS = 10_000;

export function peersOf(hosts: Peers['breaker']): Peers {
  const offsets = new Map<string, number>();
  return {
    breaker: hosts,
    offset: (host) => offsets.get(host) ?? 0,
    setOffset(host, ms) {
      if (offsets.size >= HOSTS) offsets.clear();
      offsets.set(host, ms);
    },
  };
}
