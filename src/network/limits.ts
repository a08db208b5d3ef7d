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

/** The limits of what passes between nodes; those of connections stand in the kernel's. */
export const TRAFFIC_LIMITS = {
  /** Failures in a row after which a host rests, and milliseconds of the first rest and of the longest. */
  breakerFailures: 5,
  breakerFirstRestMs: 30_000,
  breakerLongestRestMs: 3_600_000,
  /** Milliseconds that the one try after a rest may take before another is let through. */
  breakerProbeMs: 60_000,
  /** Hosts whose failures are remembered. */
  breakerHosts: 10_000,
  /** Requests, envelopes and octets a minute that one remote address may send, and that it may send at once. */
  peerRequestsPerMinute: 600,
  peerRequestsAtOnce: 200,
  peerEnvelopesPerMinute: 6_000,
  peerEnvelopesAtOnce: 2_000,
  peerOctetsPerMinute: 67_108_864,
  peerOctetsAtOnce: 33_554_432,
  /** Envelopes of strangers that one party takes without a stamp: an hour, and at once. */
  strangersPerHour: 10,
  strangersAtOnce: 20,
  /** Remote addresses, or parties, whose use is remembered. */
  ratesRemembered: 20_000,
  /** Leading zero bits that a stranger's stamp has: about a second of one core for who makes it; most that are made. */
  stampBits: 20,
  stampMostBits: 26,
  /** Octets of a stamp. */
  stampChars: 40,
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
