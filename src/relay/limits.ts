/** What a relay carries, and what a gateway remembers. */
export const RELAY_LIMITS = {
  /** Milliseconds that the relay waits for the gateway, and the sender for both. */
  gatewayMs: 20 * 1000,
  senderMs: 30 * 1000,
  /** Requests that the relay carries at one time, for everybody together. */
  inFlight: 64,
  /** Octets of a gateway's signed keys. */
  keysBytes: 4 * 1024,
  /** Gateways whose keys the relay holds, and for how many milliseconds. */
  heldKeys: 1_000,
  heldKeysMs: 3600 * 1000,
  /** Milliseconds that a gateway publishes one key; the one before is accepted for as long again. */
  epochMs: 7 * 24 * 3600 * 1000,
  /** Milliseconds before the end of that within which nobody seals with it. */
  keyMarginMs: 3600 * 1000,
  /** Requests that the gateway remembers, twice, and milliseconds after which the older ones are forgotten. */
  rememberedRequests: 50_000,
  rememberedMs: 600 * 1000,
} as const;
