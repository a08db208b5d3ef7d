/** The limits of this room, beside those of the kernel. */
export const DEVICE_LIMITS = {
  /** Passkeys of one party. */
  passkeys: 50,
  /** Milliseconds that a device has to answer what it was asked. */
  challengeMs: 5 * 60_000,
  /** Octets of a passkey's own id (WebAuthn, 5.8.3), and characters of what it answers. */
  credentialBytes: 1023,
  answerChars: 16 * 1024,
  /** Shares of a recovery set: made, and needed to open a party. */
  shares: 3,
  sharesNeeded: 2,
  /** Characters of a share as somebody types it. */
  shareChars: 200,
} as const;
