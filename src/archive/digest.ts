import { createHash } from 'node:crypto';

/** SHA-256 over lines, each with its line feed, and how many they are. */
export interface Digest {
  add(line: Uint8Array | string): void;
  count(): number;
  /** base64url; ends the digest. */
  sha256(): string;
}

export function newDigest(): Digest {
  const hash = createHash('sha256');
  let lines = 0;
  return {
    add(line) {
      lines++;
      hash.update(line).update('\n');
    },
    count: () => lines,
    sha256: () => hash.digest('base64url'),
  };
}
