import type { Exchange } from './model.ts';

/** How this node reaches others. */
export interface WayOut {
  readonly exchange: Exchange;
  /** Hosts that are spoken to without TLS, because the one who runs this node says so. */
  readonly plainHosts: readonly string[];
}

export interface NetworkDeps {
  readonly wayOut: WayOut;
  /** Every name that this node has gone by: what is addressed to them stays inside. */
  readonly ownHosts: ReadonlySet<string>;
  /** Where other nodes reach this one, `https://host`; undefined when they cannot. */
  readonly publicOrigin: string | undefined;
}
