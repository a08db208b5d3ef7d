import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { loadSums, type PageSums, sumFile, sumsPath } from './page-sums.ts';
import { FILE_ALTERED, LOG_CUT } from './problem.ts';
import { readLog } from './sqlite-log.ts';

const DATABASE_HEADER = 100;
/** Octets of a page's header that never change: what the file is, the size of its pages, and that it has a log. */
const CONSTANT = 24;
const VERSION_AT = 60;
/** Says that the database file, or its log, is not what was written; `databaseProblem` tells it. */
class Altered extends Error {
  readonly code: string;
  constructor(code: typeof FILE_ALTERED | typeof LOG_CUT) {
    super('the database file is not as it was written');
    this.code = code;
  }
}

export interface Checked {
  readonly sums: PageSums;
  /** They are in the file of sums, and the database was compared with them. */
  readonly isCurrent: boolean;
}

/**
 * Compares a database file with its sums, and throws when a page or the log differs. What is in the log has sums there,
 * and the pages it will replace may be of any age. Undefined when there is nothing to compare yet.
 */
export function checkFile(path: string): Checked | undefined {
  if (!existsSync(path)) return undefined;
  const header = firstOctets(path);
  if (header.length < DATABASE_HEADER) return undefined; // new, or so short that SQLite sees it
  const { pages, isDamaged } = readLog(path);
  if (isDamaged) throw new Altered(LOG_CUT);
  const inLog = pages.get(1);
  if (inLog && !inLog.subarray(0, CONSTANT).equals(header.subarray(0, CONSTANT)))
    throw new Altered(FILE_ALTERED);
  const version = (inLog ?? header).readInt32BE(VERSION_AT);
  const kept = loadSums(sumsPath(path));
  const pageSize = kept?.pageSize ?? pageSizeIn(header);
  if (pageSize === undefined) return undefined; // SQLite says what is wrong with it
  const found = sumFile(path, pageSize);
  // A copy that was put back alone: whatever ended a node in the middle has left its log there.
  const isAlone = kept?.isOpen === true && !hasLog(path);
  if (!kept || kept.version !== version || isAlone)
    return { sums: { pageSize, version, isOpen: false, sums: found }, isCurrent: false };
  kept.sums.forEach((sum, page) => {
    if (!pages.has(page) && found[page] !== sum) throw new Altered(FILE_ALTERED);
  });
  return { sums: kept, isCurrent: true };
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function firstOctets(path: string): Buffer {
  const octets = Buffer.alloc(DATABASE_HEADER);
  const file = openSync(path, 'r');
  try {
    return octets.subarray(0, readSync(file, octets, 0, octets.length, 0));
  } finally {
    closeSync(file);
  }
}

function pageSizeIn(header: Buffer): number | undefined {
  const size = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return size >= 512 && (size & (size - 1)) === 0 ? size : undefined;
}

/** SQLite's own check, for a file of which no sums are known. */
export function checkQuickly(writer: DatabaseSync): void {
  const [row] = writer.prepare('pragma quick_check(1)').all();
  if (row?.quick_check !== 'ok') throw new Altered(FILE_ALTERED);
}
