/** The limits of this room, beside those of the kernel. */
export const SEALED_LIMITS = {
  /** Objects of one party, and their octets together. */
  objects: 1_000_000,
  octets: 2 * 1024 * 1024 * 1024,
  /** What goes beyond these octets while it is full, so that it can be emptied: writes that add no object. */
  octetsToTidy: 16 * 1024 * 1024,
  /** Octets of one object, and of a statement. */
  objectBytes: 256 * 1024,
  statementBytes: 64 * 1024,
  /** Objects that one write puts, and their octets together; names that it removes; served items that it replaces. */
  putAtOnce: 500,
  putBytes: 700 * 1024,
  removedAtOnce: 5_000,
  replacedAtOnce: 500,
  /** Names that are asked for at once, and octets of a page, beyond which no further object is added. */
  namesAtOnce: 200,
  pageObjects: 2_000,
  pageBytes: 1024 * 1024,
  /** Items that are read whole at once, and characters beyond which no further one is added. */
  wholeAtOnce: 100,
  wholeChars: 1024 * 1024,
  /** Items that come back at once, and versions of each. */
  servedAtOnce: 100,
  servedVersions: 200,
} as const;
