/** The limits of this room; they belong beside LIMITS in the reference. */
export const ARCHIVE_LIMITS = {
  /** log2 of scrypt's N for a new archive: 256 MiB and about 1.3 s on a small machine, once per opening. */
  workFactor: 18,
  /** The highest that is read: each step more doubles memory and time. */
  maxWorkFactor: 18,
  /** Octets of an archive that comes from a file: the files of a party and what it has sealed, a third longer as text, and the rest of it. */
  fileBytes: 10 * 1024 * 1024 * 1024,
  /** Octets of one line. */
  lineBytes: 4 * 1024 * 1024,
  /** The last place that a record of a relationship may have, so that there is always a next one. */
  lastPlace: 2 ** 52,
  /** Rows read at once. */
  pageRows: 250,
  /** Rows, and octets of their lines, written in one transaction. */
  batchRows: 500,
  batchBytes: 1024 * 1024,
  /** Rows removed in one transaction. */
  removeRows: 2_000,
  /** Problems, and notices, that a report lists; the rest is only counted. */
  reportRows: 100,
} as const;
