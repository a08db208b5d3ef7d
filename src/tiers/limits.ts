/** The limits of this room, beside those of the kernel. */
export const TIER_LIMITS = {
  /** Rules of one party, steps of one rule, things that one step names, relationships that one rule names. */
  rules: 20,
  steps: 10,
  gives: 20,
  named: 200,
  /** Entries of the list of what is never given. */
  never: 200,
  /** The most that a step can wait for: promises kept, days known; days that something is given for. */
  promises: 100,
  daysKnown: 3_650,
  daysGiven: 3_650,
  /** Days in which a rule that was removed can be brought back, and how many at once. */
  removedDays: 30,
  removed: 100,
  /** Milliseconds within which a removal is undone, and a rule that was on is on again. */
  undoMs: 300_000,
  /** Fields that rules give at once in one relationship; the rest follows in the next round. */
  atOnce: 50,
  /** Relationships that are read together, in a preview, a trial and a round. */
  together: 200,
  /** Milliseconds after which everybody is looked at again, since time passes and data changes. */
  lookAgainMs: 3_600_000,
} as const;
