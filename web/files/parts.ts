/** As in src/files/limits.ts, which pages do not have; a test holds the two against each other. */
export const PART_OCTETS = 1024 * 1024;
export const FILE_OCTETS = 1024 ** 3;
export const TRASH_MS = 30 * 86_400_000;
