import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { assert } from '../kernel/result.ts';

/** SQLite's write-ahead log and its index, as sqlite.org/walformat.html lays them out. */
const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
const INDEX_HEADER = 48;

/** What a log says of itself before any of its frames. */
interface LogHeader {
  readonly octets: Buffer;
  readonly pageSize: number;
  readonly isBigEndian: boolean;
}

/** What a log holds that is committed, as it is read after a crash. */
interface LogContents {
  /** The last committed version of each page. */
  readonly pages: ReadonlyMap<number, Buffer>;
  /** Something that was committed can no longer be read. A commit that was under way when the power went is none. */
  readonly isDamaged: boolean;
}

const NOTHING: LogContents = { pages: new Map(), isDamaged: false };

/** Reads a log from its start, as far as its sums hold. */
export function readLog(path: string): LogContents {
  const octets = readWhole(`${path}-wal`);
  if (octets === undefined || octets.length <= HEADER + FRAME_HEADER) return NOTHING;
  const header = headerIn(octets);
  if (!header) return { ...NOTHING, isDamaged: octets.subarray(0, HEADER).some((it) => it !== 0) };
  const frames = framesIn(octets, header);
  const bad = frames.findIndex((frame) => !frame.follows);
  const whole = bad < 0 ? frames : frames.slice(0, bad);
  const committed = whole.findLastIndex((frame) => frame.isCommit) + 1;
  const pages = new Map<number, Buffer>();
  for (const frame of whole.slice(0, committed)) pages.set(frame.page, frame.content);
  const isDamaged = hasLaterCommit(frames, bad) || committed < framesKnown(path, header);
  return { pages, isDamaged };
}

/** The frames read at once. */
const TOGETHER = 64;

/** Shows the pages of the frames from one number to another of the log as it is being written; a content until the next one. */
export function eachFrame(
  path: string,
  from: number,
  to: number,
  see: (page: number, content: Buffer) => void,
): void {
  const fd = openSync(`${path}-wal`, 'r');
  try {
    const header = Buffer.alloc(HEADER);
    readSync(fd, header, 0, HEADER, 0);
    const size = FRAME_HEADER + header.readUInt32BE(8);
    const octets = Buffer.alloc(Math.min(to - from, TOGETHER) * size);
    for (let next = from; next < to; next += TOGETHER) {
      const length = Math.min(to - next, TOGETHER) * size;
      const read = readSync(fd, octets, 0, length, HEADER + next * size);
      assert(read === length, 'a log is as long as its index says');
      for (let at = 0; at < length; at += size)
        see(octets.readUInt32BE(at), octets.subarray(at + FRAME_HEADER, at + size));
    }
  } finally {
    closeSync(fd);
  }
}

/** How far a log has been written, how much of that has been moved into the database, and which log it is. */
export interface LogMark {
  readonly frames: number;
  readonly moved: number;
  readonly salts: string;
}

/** From the index, a file that stays open as long as SQLite has it: closing it would give up SQLite's locks. */
export function markOf(index: number): LogMark {
  const octets = Buffer.allocUnsafe(INDEX_HEADER * 2 + 4);
  readSync(index, octets, 0, octets.length, 0);
  const { frames, salts } = indexHeader(octets);
  return { frames, moved: octets.readUInt32LE(INDEX_HEADER * 2), salts: salts.toString('latin1') };
}

interface Frame {
  readonly page: number;
  readonly isCommit: boolean;
  readonly content: Buffer;
  /** It is of this log and its sum continues that of the frame before. */
  readonly follows: boolean;
}

function framesIn(octets: Buffer, header: LogHeader): Frame[] {
  const size = FRAME_HEADER + header.pageSize;
  const frames: Frame[] = [];
  let before = octets.subarray(24, HEADER);
  for (let at = HEADER; at + size <= octets.length; at += size) {
    const content = octets.subarray(at + FRAME_HEADER, at + size);
    const stored = octets.subarray(at + 16, at + FRAME_HEADER);
    const isOurs = octets.subarray(at + 8, at + 16).equals(header.octets.subarray(16, 24));
    const sum = isOurs && sumOf([octets.subarray(at, at + 8), content], before, header.isBigEndian);
    const [page, after] = [octets.readUInt32BE(at), octets.readUInt32BE(at + 4)];
    frames.push({ page, isCommit: after !== 0, content, follows: sum !== false && sum.equals(stored) });
    before = stored;
  }
  return frames;
}

/**
 * A commit is on the disk before the next one is written. So whatever follows a whole commit that follows a frame that
 * does not hold shows that this frame once held; a torn last commit has nothing after it.
 */
function hasLaterCommit(frames: readonly Frame[], bad: number): boolean {
  if (bad < 0) return false;
  return frames.some((it, i) => i > bad && it.follows && it.isCommit && frames[i + 1]?.follows === true);
}

/** SQLite counts a commit in the index after it is on the disk; an index of another log, or a broken one, says nothing. */
function framesKnown(path: string, header: LogHeader): number {
  const octets = readWhole(`${path}-shm`);
  if (octets === undefined || octets.length < INDEX_HEADER * 2) return 0;
  const isWhole = octets.subarray(0, INDEX_HEADER).equals(octets.subarray(INDEX_HEADER, INDEX_HEADER * 2));
  const sum = sumOf([octets.subarray(0, 40)], Buffer.alloc(8), false);
  sum.swap32(); // the index is in the order of the machine, and other machines' orders count as broken
  const { frames, salts } = indexHeader(octets);
  const holds = isWhole && sum.equals(octets.subarray(40, INDEX_HEADER));
  return holds && salts.equals(header.octets.subarray(16, 24)) ? frames : 0;
}

function indexHeader(octets: Buffer): { frames: number; salts: Buffer } {
  return { frames: octets.readUInt32LE(16), salts: octets.subarray(32, 40) };
}

function headerIn(octets: Buffer): LogHeader | undefined {
  const header = octets.subarray(0, HEADER);
  const isBigEndian = header.readUInt32BE(0) === MAGIC + 1;
  if (!isBigEndian && header.readUInt32BE(0) !== MAGIC) return undefined;
  const sum = sumOf([header.subarray(0, 24)], Buffer.alloc(8), isBigEndian);
  if (!sum.equals(header.subarray(24))) return undefined;
  return { octets: header, pageSize: header.readUInt32BE(8), isBigEndian };
}

/** The log's own sum over these octets, going on from another; both as they stand in it. */
function sumOf(parts: readonly Buffer[], from: Buffer, isBigEndian: boolean): Buffer {
  let one = from.readUInt32BE(0);
  let two = from.readUInt32BE(4);
  for (const part of parts) {
    const words = new DataView(part.buffer, part.byteOffset, part.length);
    for (let at = 0; at < part.length; at += 8) {
      one = (one + words.getUint32(at, !isBigEndian) + two) >>> 0;
      two = (two + words.getUint32(at + 4, !isBigEndian) + one) >>> 0;
    }
  }
  const sum = Buffer.alloc(8);
  sum.writeUInt32BE(one, 0);
  sum.writeUInt32BE(two, 4);
  return sum;
}

function readWhole(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
