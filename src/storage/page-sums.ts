import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** A sum for each page of a database file, in a file beside it. */
export interface PageSums {
  readonly pageSize: number;
  /** Which version of the database they are of: it stands in the database too. */
  version: number;
  /** A node writes: what it has written lately stands in the log, and without that the file is a copy of another time. */
  isOpen: boolean;
  readonly sums: Sums;
}

/** By the number of the page, with holes; a list of numbers takes a tenth of what a map of them does. */
type Sums = number[];

/** Of a few pages among many: a list of these alone would be mostly holes, which take long to go through. */
export type ChangedSums = ReadonlyMap<number, number>;

const TITLE = 'parley page sums 1\n';
const FIXED = 12;
const HEADER = TITLE.length + FIXED + 4;
const BATCH_HEADER = 8;
const ENTRY = 8;

export function sumsPath(path: string): string {
  return `${path}-sums`;
}

/** The sums in a file; undefined when it is not there, or not whole: then nothing is known. */
export function loadSums(path: string): PageSums | undefined {
  if (!existsSync(path)) return undefined;
  const octets = readFileSync(path);
  if (octets.length < HEADER || octets.toString('latin1', 0, TITLE.length) !== TITLE) return undefined;
  const fixed = octets.subarray(TITLE.length, HEADER);
  if (crc32(fixed.subarray(0, FIXED)) !== fixed.readUInt32LE(FIXED)) return undefined;
  const sums: Sums = [];
  for (let at = HEADER; at < octets.length; ) {
    if (at + BATCH_HEADER > octets.length) return undefined;
    const end = at + BATCH_HEADER + octets.readUInt32LE(at) * ENTRY;
    if (end > octets.length) return undefined;
    const entries = octets.subarray(at + BATCH_HEADER, end);
    if (crc32(entries) !== octets.readUInt32LE(at + 4)) return undefined;
    for (let i = 0; i < entries.length; i += ENTRY)
      sums[entries.readUInt32LE(i)] = entries.readUInt32LE(i + 4);
    at = end;
  }
  const isOpen = fixed.readUInt32LE(8) === 1;
  return { pageSize: fixed.readUInt32LE(0), version: fixed.readInt32LE(4), isOpen, sums };
}

/** Writes them all anew, whole or not at all. Answers how long the file is. */
export function writeSums(path: string, { pageSize, version, isOpen, sums }: PageSums): number {
  const header = Buffer.alloc(HEADER);
  header.write(TITLE, 'latin1');
  header.writeUInt32LE(pageSize, TITLE.length);
  header.writeInt32LE(version, TITLE.length + 4);
  header.writeUInt32LE(isOpen ? 1 : 0, TITLE.length + 8);
  header.writeUInt32LE(crc32(header.subarray(TITLE.length, TITLE.length + FIXED)), TITLE.length + FIXED);
  const batch = batchOf(sizeOf(sums), (each) => sums.forEach(each));
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  try {
    writeWhole(file, Buffer.concat([header, batch]));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  syncFolderOf(path);
  return HEADER + batch.length;
}

/** Adds the sums of pages that have changed; on the disk when it returns. Answers how many octets were added. */
export function appendSums(path: string, changed: ChangedSums): number {
  const batch = batchOf(changed.size, (each) => changed.forEach(each));
  const file = openSync(path, 'a', 0o600);
  try {
    writeWhole(file, batch);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  return batch.length;
}

export function dropSums(path: string): void {
  rmSync(path, { force: true });
  syncFolderOf(path);
}

/** Without it, older sums could be there again after a loss of power, and call what came after them damage. */
function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function sizeOf(sums: Sums): number {
  let size = 0;
  sums.forEach(() => {
    size++;
  });
  return size;
}

function batchOf(size: number, forEach: (each: (sum: number, page: number) => void) => void): Buffer {
  const octets = Buffer.alloc(BATCH_HEADER + size * ENTRY);
  let at = BATCH_HEADER;
  forEach((sum, page) => {
    octets.writeUInt32LE(page, at);
    octets.writeUInt32LE(sum, at + 4);
    at += ENTRY;
  });
  octets.writeUInt32LE(size, 0);
  octets.writeUInt32LE(crc32(octets.subarray(BATCH_HEADER)), 4);
  return octets;
}

function writeWhole(file: number, octets: Buffer): void {
  for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at);
}

export function sumOfPage(content: Uint8Array): number {
  return crc32(content);
}

/** The sums of all pages that a file holds. */
export function sumFile(path: string, pageSize: number): Sums {
  const sums: Sums = [];
  const file = openSync(path, 'r');
  try {
    const octets = Buffer.alloc(pageSize * 256);
    for (let first = 1; ; first += 256) {
      const length = readSync(file, octets, 0, octets.length, (first - 1) * pageSize);
      for (let i = 0; (i + 1) * pageSize <= length; i++)
        sums[first + i] = crc32(octets.subarray(i * pageSize, (i + 1) * pageSize));
      if (length < octets.length) return sums;
    }
  } finally {
    closeSync(file);
  }
}
