/** The limits of this room, beside those of the kernel. */
export const FILE_LIMITS = {
  /** Octets of one part, in the clear; the last may have fewer. */
  partBytes: 1024 * 1024,
  /** What a seal adds to a part. */
  sealBytes: 28,
  /** Octets of one file; of all files of a party together, those under way, in the trash and not yet wiped included. */
  fileBytes: 1024 * 1024 * 1024,
  octets: 4 * 1024 * 1024 * 1024,
  /** Files of one party, and those of them that are under way at once. */
  files: 20_000,
  underWay: 50,
  /** Days without a further part, after which a file that is under way goes. */
  underWayDays: 7,
  /** Days in the trash. */
  trashDays: 30,
  /** Octets of a name in UTF-8; characters of a media type, of what tells a file that is begun again. */
  nameBytes: 200,
  typeChars: 120,
  markChars: 200,
  /** Parts that one transaction erases, and files that one sweep makes unreadable. */
  partsErasedAtOnce: 16,
  filesErasedAtOnce: 500,
  /** Heads that are opened at once for a search. */
  headsAtOnce: 500,
} as const;

export const DAY_MS = 86_400_000;
