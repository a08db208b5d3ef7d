import { seededRandom } from '../../../src/kernel/seeded-random.ts';
import type { Told } from './device-process.ts';

const SECTOR = 512;

interface Write {
  readonly offset: number;
  readonly data: Buffer;
}

/** What a disk holds: what is on it for good, and what it has taken since its last flush. */
interface Store {
  readonly size: number;
  read(offset: number, size: number): Buffer;
  write(offset: number, data: Buffer): void;
  flush(): void;
  /** From now on it says that it has flushed and has not, until its power is cut: what it loses, nobody can keep. */
  lie(): void;
  /**
   * Power is lost: each sector written since the last flush is there or not. So many of a thousand are, or all, none or
   * some by chance.
   */
  cut(seed: string, chance?: number): Told;
}

export function newStore(size: number): Store {
  const stable = Buffer.alloc(size);
  const seen = Buffer.alloc(size);
  let cache: Write[] = [];
  let isLiar = false;
  return {
    size,
    read: (offset, length) => seen.subarray(offset, Math.min(size, offset + length)),
    write(offset, data) {
      data.copy(seen, offset);
      cache.push({ offset, data: Buffer.from(data) });
    },
    flush() {
      if (isLiar) return;
      for (const { offset, data } of cache) data.copy(stable, offset);
      cache = [];
    },
    lie() {
      isLiar = true;
    },
    cut(seed, given) {
      isLiar = false;
      const random = seededRandom(seed);
      const chance = given ?? random.pick([0, 1000, random.below(1001), random.below(1001)]);
      let [kept, lost] = [0, 0];
      for (const { offset, data } of cache) {
        for (let at = 0; at < data.length; at += SECTOR) {
          const sector = data.subarray(at, at + SECTOR);
          if (random.chance(chance)) {
            sector.copy(stable, offset + at);
            kept++;
          } else lost++;
        }
      }
      for (const { offset, data } of cache) stable.copy(seen, offset, offset, offset + data.length);
      const told = { unflushed: cache.length, kept, lost };
      cache = [];
      return told;
    },
  };
}
