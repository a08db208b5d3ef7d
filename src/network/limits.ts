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

/** What a message that travels through a relay may be. */
export const OBLIVIOUS_LIMITS = {
  /** Octets that the smallest message through a relay is filled up to; each step is four times the one before. */
  smallestMessageBytes: 4 * 1024,
  /** Octets of the largest message through a relay, headers and content together; the last step. */
  largestMessageBytes: 1088 * 1024,
  /** Octets of the headers of a message through a relay. */
  headerBytes: 16 * 1024,
  /** Headers of a message through a relay. */
  headerCount: 64,
  /** Interim answers (1xx) that are read over before the real one. */
  interimAnswers: 4,
  /** Keys in one gateway's configuration. */
  gatewayKeys: 8,
} as const;
