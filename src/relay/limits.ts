/** What a relay carries, and what a gateway remembers. */
export const RELAY_LIMITS = {
  /** Milliseconds that the relay waits for the gateway. */
  gatewayMs: 20 * 1000,
  /** Milliseconds that the sender waits for both, when it does not say otherwise. */
  senderMs: 30 * 1000,
  /** Requests that the relay carries at one time, for everybody together. */
  inFlight: 64,
  /** Octets of a gateway's signed keys. */
  keysBytes: 4 * 1024,
  /** Gateways whose keys the relay holds. */
  heldKeys: 1_000,
  /** Milliseconds that it holds them. */
  heldKeysMs: 3600 * 1000,
  /** Milliseconds that a gateway publishes one key; the one before is accepted for as long again. */
  epochMs: 7 * 24 * 3600 * 1000,
  /** Milliseconds before the end of that within which nobody seals with it. */
  keyMarginMs: 3600 * 1000,
  /** Sealed requests that the gateway remembers, in each of two generations. */
  rememberedRequests: 50_000,
  /** Milliseconds after which the older generation is forgotten. */
  rememberedMs: 600 * 1000,
} as const;
