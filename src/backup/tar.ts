import { assert } from '../kernel/result.ts';

/** The blocks of a tar archive (POSIX.1-1988, ustar). */
export const BLOCK = 512;
const SIZE_AT = 124;
const SIZE_LENGTH = 12;
const SUM_AT = 148;
const SUM_LENGTH = 8;
/** The most that eleven octal digits say. */
const OCTAL_MAX = 8 ** 11 - 1;

/** The header of a plain file, for its owner only. What is larger than 8 GiB has its size in base 256, as GNU tar has it. */
export function tarHeader(name: string, bytes: number, atMs: number): Uint8Array {
  assert(name.length < 100 && /^[a-z.]+$/.test(name), 'names in a backup are ours');
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'latin1');
  header.write(octal(0o600, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  if (bytes <= OCTAL_MAX) header.write(octal(bytes, SIZE_LENGTH), SIZE_AT, 'latin1');
  else {
    header[SIZE_AT] = 0x80;
    header.writeBigUInt64BE(BigInt(bytes), SIZE_AT + 4);
  }
  header.write(octal(Math.floor(atMs / 1000), 12), 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\0' + '00', 257, 'latin1');
  header.write(`${octal(sumOf(header), 7)} `, SUM_AT, 'latin1');
  return header;
}

/** What fills up the last block of a file of this size. */
export function tarPadding(bytes: number): Uint8Array {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** What stands after the last file. */
export function tarEnd(): Uint8Array {
  return Buffer.alloc(2 * BLOCK);
}

/** Name and size of a plain file, or undefined when this is not the header of one. */
export function readTarHeader(octets: Buffer): { name: string; bytes: number } | undefined {
  const sum = Number.parseInt(octets.toString('latin1', SUM_AT, SUM_AT + 6), 8);
  if (sum !== sumOf(octets) || octets.toString('latin1', 257, 262) !== 'ustar' || octets[156] !== 0x30)
    return undefined;
  const name = octets.toString('latin1', 0, 100).replace(/\0.*$/s, '');
  const isLarge = octets[SIZE_AT] === 0x80;
  const bytes = isLarge
    ? Number(octets.readBigUInt64BE(SIZE_AT + 4))
    : Number.parseInt(octets.toString('latin1', SIZE_AT, SIZE_AT + SIZE_LENGTH - 1), 8);
  return Number.isSafeInteger(bytes) ? { name, bytes } : undefined;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

/** Of all octets of a header, with spaces for the sum itself. */
function sumOf(header: Uint8Array): number {
  let sum = 0;
  header.forEach((octet, at) => {
    sum += at >= SUM_AT && at < SUM_AT + SUM_LENGTH ? 0x20 : octet;
  });
  return sum;
}
