import type { Result } from '../kernel/result.ts';

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

/** The way out: answers what came back, or why nothing did. */
export type Exchange = (
  request: WireRequest,
  limits?: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<Result<WireResponse>>;
