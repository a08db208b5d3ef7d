export type { Exchange } from '../kernel/exchange.ts';

/** One HTTP request as a value, whichever way it travels: a socket, a relay, a simulated network. */
export interface WireRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
