const DAY_MS = 24 * 3600 * 1000;

/** The limits of drop boxes. */
export const BOX_LIMITS = {
  /** Letters that wait in one box, and milliseconds that each waits. */
  letters: 200,
  keptMs: 30 * DAY_MS,
  /** Octets of letters in one answer. */
  answerBytes: 700_000,
  /** Milliseconds until the first look into a box, and between later ones: doubling up to the longest. */
  firstLookMs: 500,
  longestLookMs: 15 * 60_000,
  /** Boxes looked into in one round. */
  atOnce: 50,
} as const;
