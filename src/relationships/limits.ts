/** The limits of this room, beside those of the kernel. */
export const RELATIONSHIP_LIMITS = {
  /** Proofs that are kept of one author who signed two records with one number, in one relationship. */
  forks: 3,
  /** Records of the other side that are kept after the end, most without their bodies: as many as a day without a network makes. */
  recordsAfterEnd: 500,
  /** Milliseconds before the other side is asked again for what is missing, and in which its answer counts. */
  askAgainMs: 60_000,
  answerMs: 24 * 3600 * 1000,
  /** Milliseconds after a backup came back in which no answer is the last one: what was sent before may be under way. */
  underWayMs: 300_000,
  /** Milliseconds after which whoever stands still asks again what was taken and not answered: the answer may be lost too. */
  lateMs: 300_000,
  /** Milliseconds without the last answer after which whoever stands still may end it or stop sharing. */
  silentMs: 3600_000,
} as const;
