import { ARCHIVE_LIMITS } from './limits.ts';

/** One line without its line feed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly octets: Uint8Array;
  /** False for what stands after the last line feed. */
  readonly isWhole: boolean;
}

/** Cuts blocks into lines. A line that is too long is handed over cut, as one that is not whole, and ends the reading. */
export async function* readLines(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const take = (last: Uint8Array): Uint8Array => {
    const octets = waiting.length === 0 ? last : Buffer.concat([...waiting, last]);
    waiting = [];
    waitingBytes = 0;
    return octets;
  };
  for await (const block of blocks) {
    let from = 0;
    for (let to = block.indexOf(0x0a); to >= 0; to = block.indexOf(0x0a, from)) {
      number++;
      const isWhole = waitingBytes + to - from <= ARCHIVE_LIMITS.lineBytes;
      yield { number, octets: take(block.subarray(from, to)), isWhole };
      if (!isWhole) return;
      from = to + 1;
    }
    if (from === block.length) continue;
    waiting.push(block.slice(from));
    waitingBytes += block.length - from;
    if (waitingBytes > ARCHIVE_LIMITS.lineBytes) break;
  }
  if (waitingBytes > 0) yield { number: number + 1, octets: take(new Uint8Array(0)), isWhole: false };
}
