/** The limits of this room; a request's body stands in the kernel's. */
export const NETWORK_LIMITS = {
  /** Characters of a request's address. */
  urlChars: 2_000,
  /** Characters of one field that a signature is read from or covers. */
  fieldChars: 2_000,
  /** Seconds that a signature may be valid. */
  signatureSeconds: 300,
  /** Seconds that a sender's clock may be ahead before it has to sign again. */
  aheadSeconds: 30,
  /** Characters of a nonce: 128 bits at least. */
  nonceMinChars: 22,
  nonceMaxChars: 64,
} as const;
