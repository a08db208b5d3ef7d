import type { Result } from './result.ts';

/** One HTTP request, whole; header names are lower case. */
interface ExchangeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface ExchangeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface ExchangeLimits {
  /** From the call to the last octet of the answer. */
  readonly timeoutMs: number;
  /** Octets of the answer's body. */
  readonly maxBytes: number;
}

/**
 * The network as an argument: one request, its answer. Only for requests that may arrive twice, as an answer that got
 * lost on the way is asked for again. Whatever does not work is a Failure.
 */
export type Exchange = (
  request: ExchangeRequest,
  limits?: Partial<ExchangeLimits>,
) => Promise<Result<ExchangeResponse>>;
