/** The limits of this room; how many listings a vendor may have stands in the kernel's. */
export const deskLimits = {
  /** Storefronts of one party. */
  storefronts: 20,
  /** Pieces of one listing. */
  stock: 1_000_000_000,
  /** Hours that a piece stays set aside for somebody who decides, and pieces of one listing set aside at once. */
  holdHours: 48,
  holdsPerListing: 20,
  /** Holds that lapse in one transaction. */
  lapsedAtOnce: 500,
  /** Characters of one field of an imported row; longer ones refuse the row. */
  fieldChars: 20_000,
  /** Columns of a CSV file, and characters of one of its rows. */
  columns: 500,
  rowChars: 200_000,
  /** Elements within elements in a feed, and attributes of one element. */
  feedDepth: 32,
  feedAttributes: 64,
  /** Rows of one import. */
  importRows: 100_000,
  /** Rows that are signed and kept in one transaction. */
  rowsAtOnce: 240,
  /** Days that an imported listing binds when the file gives no last day, and when it is renewed before. */
  importDays: 30,
  renewDays: 15,
  /** Days that a want I did not answer is remembered after its end, and how many are forgotten in one round. */
  keepCastDays: 30,
  castsForgottenAtOnce: 1_000,
  /** Days that an offer is kept after its last day when nobody took it, and how many are forgotten in one round. */
  keepOfferDays: 180,
  offersForgottenAtOnce: 500,
  /**
   * Milliseconds after a change of keys before the first listing is signed anew, and over which storefronts are spread;
   * days after which none is.
   */
  resignAfterMs: 3600 * 1000,
  resignSpreadMs: 72 * 3600 * 1000,
  resignWithinDays: 30,
} as const;
