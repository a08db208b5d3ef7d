/** The limits of this room, beside those of the kernel. */
export const DISCOVERY_LIMITS = {
  /** Names that one party has taken on a node, in all. */
  names: 5,
  /** Characters of what a party says of itself. */
  aboutChars: 1_000,
  /** Storefronts that a profile names, and markets. */
  storefronts: 50,
  markets: 20,
  /** Octets of what another node answers when somebody is looked up, and milliseconds that it has for it. */
  answerBytes: 128 * 1024,
  answerMs: 10_000,
  /** Seconds for which others may keep what this node says of somebody. */
  cacheSeconds: 300,
} as const;
