import { closeSync, existsSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { type Checked, checkFile, checkQuickly } from './check-file.ts';
import {
  appendSums,
  type ChangedSums,
  dropSums,
  type PageSums,
  sumOfPage,
  sumsPath,
  writeSums,
} from './page-sums.ts';
import { eachFrame, type LogMark, markOf } from './sqlite-log.ts';

/** Watches that what SQLite reads is what it wrote, which SQLite itself does not: it has no sums of its pages. */
export interface FileGuard {
  /** Once SQLite has the file open. */
  begin(writer: DatabaseSync): void;
  /** After each commit, before anything else is written. */
  committed(): void;
  /** Before SQLite moves the log into the file in the middle of it all. */
  resting(): void;
  /** When nothing more is written, before SQLite moves the log into the file for good. */
  end(): void;
  /** When SQLite has closed the file. */
  close(): void;
}

/** The file of sums is written anew when so much more than it needs has been added to it. */
const SPARE_OCTETS = 4_000_000;

/**
 * Compares the file with its sums, before SQLite opens it, and throws when it differs; from then on keeps the sums. Sums of
 * another version of the database (a backup that came back alone), or none, say nothing: then SQLite's own check has to
 * do, and there are sums from the next stop on.
 */
export function guardFile(path: string): FileGuard {
  const known = checkFile(path);
  const keeper = keepSums(path, known);
  let index = -1;
  let connection: DatabaseSync | undefined;
  let isOff = false;
  /** SQLite makes it when it first reads or writes. */
  const markNow = (): LogMark => {
    if (index < 0) index = openSync(`${path}-shm`, 'r');
    return markOf(index);
  };
  /** What was committed is committed: trouble here only means that there are no sums until the next start. */
  const carefully = (work: () => void): void => {
    if (isOff || tried(work)) return;
    isOff = true;
    tried(() => dropSums(sumsPath(path)));
  };
  return {
    begin(writer) {
      connection = writer;
      if (known && !known.isCurrent) checkQuickly(writer);
      carefully(keeper.begin);
    },
    committed: () =>
      carefully(() => {
        const mark = markNow();
        // Once all of it is in the file, the next commit may begin the log anew.
        if (mark.moved === mark.frames && mark.frames > 0) keeper.takeUp(mark);
        keeper.writeAgain();
      }),
    resting: () =>
      carefully(() => {
        if (existsSync(`${path}-shm`)) keeper.takeUp(markNow());
      }),
    end: () =>
      carefully(() => {
        if (!existsSync(`${path}-shm`) || markNow().frames === 0) return keeper.endUnchanged();
        const version = keeper.nextVersion();
        const isNamed = tried(() => connection?.exec(`pragma user_version = ${version}`));
        keeper.takeUp(markNow(), isNamed ? version : undefined);
      }),
    close() {
      if (index >= 0) closeSync(index);
      index = -1;
    },
  };
}

interface SumsKeeper {
  begin(): void;
  /** Nothing was written since it began. */
  endUnchanged(): void;
  /** Takes up the sums of what the log holds by now, on the disk when it returns. */
  takeUp(mark: LogMark, version?: number): void;
  /** Sums that could not be written, as on a full disk, are tried again, with twice as many commits between two tries each time. */
  writeAgain(): void;
  nextVersion(): number;
}

function keepSums(path: string, known: Checked | undefined): SumsKeeper {
  const file = sumsPath(path);
  let state: PageSums | undefined = known?.sums;
  /** The file holds them all. */
  let isWhole = known?.isCurrent ?? false;
  let added = 0;
  let [commits, nextTry] = [0, 1];
  let done: LogMark = { frames: 0, moved: 0, salts: '' };
  const save = (sums: PageSums, changed: ChangedSums): void => {
    try {
      if (isWhole && added < SPARE_OCTETS) added += appendSums(file, changed);
      else {
        writeSums(file, sums);
        [isWhole, added] = [true, 0];
        [commits, nextTry] = [0, 1];
      }
    } catch {
      // A full disk, most likely. No sums are better than old ones; they are written whole as soon as there is room.
      isWhole = false;
      dropSums(file);
    }
  };
  const write = (sums: PageSums, isOpen: boolean): void => {
    sums.isOpen = isOpen;
    isWhole = false;
    save(sums, new Map());
  };
  return {
    begin: () => state && write(state, true),
    endUnchanged: () => state && write(state, false),
    takeUp(mark, version) {
      const from = mark.salts === done.salts ? done.frames : 0;
      if (from === mark.frames && version === undefined) return;
      const changed = new Map<number, number>();
      eachFrame(path, from, mark.frames, (page, content) => {
        state ??= { pageSize: content.length, version: 0, isOpen: true, sums: [] };
        changed.set(page, sumOfPage(content));
      });
      done = mark;
      if (!state) return;
      const { sums } = state;
      changed.forEach((sum, page) => {
        sums[page] = sum;
      });
      if (version !== undefined) {
        state.version = version;
        state.isOpen = false;
        isWhole = false;
      }
      save(state, changed);
    },
    writeAgain() {
      // What has been written since `done` is in the log, which has sums of its own.
      if (isWhole || !state || ++commits < nextTry) return;
      nextTry *= 2;
      save(state, new Map());
    },
    nextVersion: () => (state ? nextVersion(state) : 1),
  };
}

/** Another number for another content, so that sums are never taken for those of a backup. */
function nextVersion({ version, sums }: PageSums): number {
  let sum = crc32(`${version}`);
  sums.forEach((it, page) => {
    sum = crc32(`${page} ${it}`, sum);
  });
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
