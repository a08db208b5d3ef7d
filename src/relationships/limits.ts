/** The limits of this room, beside those of the kernel. */
export const RELATIONSHIP_LIMITS = {
  /** Proofs that are kept of one author who signed two records with one number, in one relationship. */
  forks: 3,
  /** Records of the other side that are kept after the end. */
  recordsAfterEnd: 20,
} as const;
