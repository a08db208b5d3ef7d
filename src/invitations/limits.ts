/** The limits of this room, beside those of the kernel. */
export const INVITATION_LIMITS = {
  /** Days that an invitation waits: unless said otherwise, and at most. */
  days: 14,
  daysAtMost: 90,
  /** Invitations of one party that wait at once. */
  open: 200,
  /** Characters of the words that go with one. */
  noteChars: 500,
  /** Octets of an invitation, and of what both sign. */
  documentBytes: 8 * 1024,
  /** Characters of a code, with whatever stands before it. */
  codeChars: 16_000,
} as const;
