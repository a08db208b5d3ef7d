import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import {
  appendSums,
  dropSums,
  loadSums,
  type PageSums,
  sumFile,
  sumOfPage,
  sumsPath,
  writeSums,
} from './page-sums.ts';
import { FILE_ALTERED, LOG_CUT } from './problem.ts';
import { type LogMark, markOf, readFrames, readLog } from './sqlite-log.ts';

/** Watches that what SQLite reads is what it wrote, which SQLite itself does not: it has no sums of its pages. */
export interface FileGuard {
  /** Once SQLite has the file open. */
  begin(writer: DatabaseSync): void;
  /** After each commit, before anything else is written. */
  committed(): void;
  /** When nothing more is written, before SQLite moves the log into the file for good. */
  end(): void;
  /** When SQLite has closed the file. */
  close(): void;
}

const DATABASE_HEADER = 100;
/** Octets of a page's header that never change: what the file is, the size of its pages, and that it has a log. */
const CONSTANT = 24;
const VERSION_AT = 60;
/** The file of sums is written anew when so much more than it needs has been added to it. */
const SPARE_OCTETS = 4_000_000;

/** Says that the database file, or its log, is not what was written; `databaseProblem` tells it. */
class Altered extends Error {
  readonly code: string;
  constructor(code: typeof FILE_ALTERED | typeof LOG_CUT) {
    super('the database file is not as it was written');
    this.code = code;
  }
}

/**
 * Compares the file with its sums, before SQLite opens it, and throws when a page or the log differs. What is in the log
 * has sums there, and the pages it will replace may be of any age. Sums of another version of the database (a backup that
 * came back alone), or none, say nothing: then SQLite's own check has to do, and there are sums from then on.
 */
export function guardFile(path: string): FileGuard {
  const known = existsSync(path) ? checkFile(path) : undefined;
  const file = sumsPath(path);
  let state: PageSums | undefined = known?.sums;
  let isWhole = known?.isCurrent ?? false;
  let [added, index] = [0, -1];
  let done: LogMark = { frames: 0, moved: 0, salts: '' };
  let connection: DatabaseSync | undefined;
  let isOff = false;

  const save = (changed: ReadonlyMap<number, number>): void => {
    if (!state) return;
    try {
      if (isWhole && added < SPARE_OCTETS) added += appendSums(file, changed);
      else {
        writeSums(file, state);
        [isWhole, added] = [true, 0];
      }
    } catch {
      // A full disk, most likely. No sums are better than old ones; they are written whole the next time.
      isWhole = false;
      dropQuietly(file);
    }
  };
  const takeUp = (mark: LogMark, version?: number): void => {
    const from = mark.salts === done.salts ? done.frames : 0;
    const changed = new Map<number, number>();
    for (const [page, content] of readFrames(path, from, mark.frames)) {
      state ??= { pageSize: content.length, version: 0, sums: new Map() };
      changed.set(page, sumOfPage(content));
    }
    done = mark;
    for (const [page, sum] of changed) state?.sums.set(page, sum);
    if (version !== undefined && state) {
      state.version = version;
      isWhole = false;
    }
    save(changed);
  };
  /** SQLite makes it when it first reads or writes. */
  const markNow = (): LogMark => {
    if (index < 0) index = openSync(`${path}-shm`, 'r');
    return markOf(index);
  };
  /** What was committed is committed: trouble here only means that there are no sums until the next start. */
  const carefully = (work: () => void): void => {
    if (isOff || tried(work)) return;
    isOff = true;
    dropQuietly(file);
  };
  return {
    begin(writer) {
      connection = writer;
      if (known && !known.isCurrent) checkQuickly(writer);
    },
    committed: () =>
      carefully(() => {
        const mark = markNow();
        // Once all of it is in the file, the next commit may begin the log anew.
        if (mark.moved !== mark.frames || mark.frames === 0) return;
        if (mark.frames !== done.frames || mark.salts !== done.salts) takeUp(mark);
      }),
    end: () =>
      carefully(() => {
        if (markNow().frames === 0) return;
        const version = state ? nextVersion(state) : 1;
        const isNamed = tried(() => connection?.exec(`pragma user_version = ${version}`));
        takeUp(markNow(), isNamed ? version : undefined);
      }),
    close() {
      if (index >= 0) closeSync(index);
      index = -1;
    },
  };
}

interface Checked {
  readonly sums: PageSums;
  /** They are in the file of sums, and the database was compared with them. */
  readonly isCurrent: boolean;
}

function checkFile(path: string): Checked | undefined {
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
  if (!kept || kept.version !== version)
    return { sums: { pageSize, version, sums: found }, isCurrent: false };
  for (const [page, sum] of kept.sums)
    if (!pages.has(page) && found.get(page) !== sum) throw new Altered(FILE_ALTERED);
  return { sums: kept, isCurrent: true };
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

function checkQuickly(writer: DatabaseSync): void {
  const [row] = writer.prepare('pragma quick_check(1)').all();
  if (row?.quick_check !== 'ok') throw new Altered(FILE_ALTERED);
}

/** Another number for another content, so that sums are never taken for those of a backup. */
function nextVersion({ version, sums }: PageSums): number {
  let sum = crc32(`${version}`);
  for (const [page, it] of sums) sum = crc32(`${page} ${it}`, sum);
  const next = sum | 0;
  return next === version || next === 0 ? version + 1 : next;
}

function tried(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function dropQuietly(file: string): void {
  tried(() => dropSums(file));
}
