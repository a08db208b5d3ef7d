/** The limits of this room, beside those of the kernel. */
export const PROFFER_LIMITS = {
  /** Days that a proffer waits for its answer: unless said otherwise, and at most. */
  days: 14,
  daysAtMost: 90,
  /** Proffers of one party that are open at once, those of others to it included. */
  open: 5_000,
} as const;
