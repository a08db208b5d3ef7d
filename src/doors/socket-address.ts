import { openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Octets that the address of a unix socket may have (unix(7): 108 with the closing zero). */
const ADDRESS_BYTES = 107;

/** The path to bind or connect to; one that is too long is reached through its open folder, where there is /proc. */
export function socketAddress(path: string): string {
  if (Buffer.byteLength(path) <= ADDRESS_BYTES || process.platform !== 'linux') return path;
  return `/proc/self/fd/${openSync(dirname(path), 'r')}/${basename(path)}`;
}
