/** The limits of this room, beside those of the kernel. */
export const VAULT_LIMITS = {
  /** Characters of a tag; tags of one item. */
  tagChars: 40,
  tags: 20,
  /** Characters of a web address, of a size. */
  urlChars: 2_000,
  sizeChars: 40,
  /** Lines of an address that is written as text. */
  addressLines: 8,
  /** Versions of one item that are kept; the oldest make room. */
  versions: 200,
  /** Days in the trash. */
  trashDays: 30,
  /** Words of one search. */
  searchWords: 10,
  /** Heads of one sealed block, and the octets that several together may take. */
  blockHeads: 256,
  blockOctets: 64 * 1024,
  /** Characters of opened heads that the node keeps in memory, of all homes; beyond them those looked at longest ago go. */
  headsKept: 64_000_000,
  /** Tags that are listed. */
  tagsListed: 1_000,
  /** Octets of a file of items. */
  fileBytes: 32 * 1024 * 1024,
  /** Entries of one file, and lines of its report that are shown; the counts are always whole. */
  fileEntries: 100_000,
  reportLines: 1_000,
} as const;
