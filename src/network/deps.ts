import type { Exchange } from './model.ts';

/** How this node reaches others. */
export interface WayOut {
  readonly exchange: Exchange;
  /** The same through somebody else's relay, which keeps this node's address from the one who is asked. */
  readonly hidden?: Exchange;
  /** Hosts that are spoken to without TLS, because the one who runs this node says so. */
  readonly plainHosts: readonly string[];
}

export interface NetworkDeps {
  readonly wayOut: WayOut;
  /** Where other nodes reach this one, `https://host`; undefined when they cannot. */
  readonly publicOrigin: string | undefined;
  /** The node that carries for this one, by its host; undefined when nobody does. */
  readonly relay: string | undefined;
  /** True when this node carries for others. */
  readonly carriesForOthers: boolean;
}
