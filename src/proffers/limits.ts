const DAY_MS = 24 * 3600 * 1000;

/** The limits of this room, beside those of the kernel. */
export const PROFFER_LIMITS = {
  /** Days that a proffer waits for its answer: unless said otherwise, and at most. */
  days: 14,
  daysAtMost: 90,
  /** Milliseconds after the last day of a proffer in which an answer that was given in time is still fetched. */
  lateAnswerMs: DAY_MS,
  /** Proffers of one party that are open at once, those of others to it included. */
  open: 5_000,
  /** Days after the longest wait for which an unanswered proffer is kept: an answer may be 60 days on its way. */
  keepUnansweredDays: 75,
  /** How many go in one round. */
  forgottenAtOnce: 200,
} as const;
