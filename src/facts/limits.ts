/** The limits of this room, beside those of the kernel. */
export const FACT_LIMITS = {
  /** Characters of a whole proof with everything that is shown with it. */
  proofChars: 64 * 1024,
  /** Facts that one proof hides or shows, and digests in it. */
  disclosures: 100,
  /** Facts in a proof that is issued here, and characters of one that is a text. */
  claims: 10,
  claimChars: 200,
  /** Copies of a proof that are made at once, and of one proof in all. */
  copiesAtOnce: 10,
  copies: 200,
  /** Copies that are left when it is time to ask for more. */
  copiesLeft: 2,
  /** Proofs of one party: issued, taken and imported; what it asks for or is asked for in one relationship. */
  proofs: 500,
  /** Proofs that were offered in one relationship and not taken, beside those. */
  offers: 20,
  requests: 500,
  /** Days that a proof that is issued here may be good for. */
  proofDays: 1_830,
  /** Days in which a request may be answered. */
  requestDays: 30,
  /** Proofs in one request, facts of each, and steps to one of them. */
  queryProofs: 5,
  queryClaims: 10,
  queryPath: 4,
  /** Values that would do, kinds of proof that would do, and combinations that would do. */
  queryValues: 10,
  queryOptions: 5,
  /** Milliseconds that clocks may differ, where a proof says since when it is good. */
  clocksDifferMs: 300_000,
  /** Issuers that somebody has looked up, and days for which what was found counts. */
  issuers: 500,
  issuerDays: 7,
} as const;
