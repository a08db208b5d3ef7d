/** The limits of this room; how many wants may be open at once stands in the kernel's. */
export const intentLimits = {
  /** Qualities of one want. */
  attributes: 20,
  /** Roster entries that one want requires. */
  requiredTerms: 10,
  /** Pieces or jobs that one want is about. */
  quantity: 10_000,
  /** Kilometres around a place. */
  radiusKm: 20_000,
  /** Days ahead that a want may last, and how many it lasts when it says no date. */
  daysAhead: 365,
  daysByDefault: 90,
  /** Times that one want may be cast, the first included; and offers that it keeps in all. */
  castsPerIntent: 6,
  offersPerIntent: 480,
  /** Levels of generality that a preview shows. */
  choices: 8,
  /** Octets of a cast's payload: every cast is filled up to a multiple of this. */
  castOctets: 4096,
  /** Milliseconds for which an answer with a table is looked for. */
  tableWaitMs: 24 * 3600 * 1000,
  /** Milliseconds before a market is asked again for a table that has not come. */
  askAgainMs: 5 * 60_000,
  /** Held wants that become castable with one table go out spread over this many milliseconds. */
  spreadMs: 30 * 60_000,
  /** Days after a want's last day for which what came for it and was not taken is kept, and rows forgotten in one round. */
  keepOfferDays: 90,
  forgottenAtOnce: 500,
} as const;
