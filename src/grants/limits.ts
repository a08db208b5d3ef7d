/** The limits of this room, beside those of the kernel. */
export const GRANT_LIMITS = {
  /** Characters of a value that is given. */
  valueChars: 10_000,
  /** Characters of a sealed value: as many octets as those may take, the nonce and the tag, in base64url. */
  sealedChars: 40_040,
  /** How often a grant says at most that it may be opened: each opening then has a receipt of its own. */
  openings: 100,
  /** Milliseconds between two receipts for the openings of one grant. */
  receiptEveryMs: 3_600_000,
  /** Milliseconds by which the clock of whoever states a deletion may differ. */
  clocksDifferMs: 600_000,
  /** Grants that one statement of deletion names. */
  perStatement: 200,
  /** Grants of one party that are tended to in one go: expired, opened, erased, kept up to date. */
  atOnce: 500,
  /** Properties, or items, that one look at what is given names. */
  askedFor: 100,
  /** Lines that fit the picture of who can see what: a page of them. */
  atAGlance: 100,
  /** Milliseconds in which a key is announced to everybody, each at a time of its own, after an update of the program. */
  announcedMs: 8 * 3_600_000,
} as const;
