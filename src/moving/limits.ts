const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The limits of moves between nodes. */
export const MOVE_LIMITS = {
  /** Octets of an archive that moves, and of one part of it. */
  archiveBytes: 10 * 1024 * 1024 * 1024,
  partBytes: 512 * 1024,
  /** Octets of any other message of a move. */
  messageBytes: 128 * 1024,
  /** Characters of the documents of markets that go with a hand-over. */
  marketsBytes: 96 * 1024,
  /** Invitations that are open at once, on the whole node. */
  openInvitations: 20,
  /** Milliseconds that an invitation is good for before anything has arrived, and an arrived copy after that. */
  invitationMs: 7 * DAY_MS,
  arrivedMs: 30 * DAY_MS,
  /** Milliseconds that the old node sends on what still comes to it. */
  forwardMs: 90 * DAY_MS,
  /** Milliseconds between tries after one that failed: the first wait and the longest. */
  firstWaitMs: 2_000,
  longestWaitMs: 30 * MINUTE_MS,
  /** Milliseconds between looks at a move that waits for the other node or for somebody there. */
  lookMs: 1_000,
  longestLookMs: 15 * MINUTE_MS,
  /** Archives that came damaged before a move is refused. */
  damagedTries: 3,
  /** log2 of scrypt's N: the secret is 128 random bits already, so nothing is gained by more. */
  workFactor: 8,
} as const;
