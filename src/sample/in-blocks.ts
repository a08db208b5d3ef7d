import type { Random } from '../kernel/random.ts';

const BLOCK = 16_384;

/** The same randomness, fetched in blocks: for a hundred thousand small requests, asking costs more than the bytes. */
export function inBlocks(random: Random): Random {
  let block: Uint8Array = new Uint8Array(0);
  let at = 0;
  return {
    bytes(count) {
      if (count > BLOCK) return random.bytes(count);
      if (at + count > block.length) {
        block = random.bytes(BLOCK);
        at = 0;
      }
      at += count;
      return block.slice(at - count, at);
    },
  };
}
