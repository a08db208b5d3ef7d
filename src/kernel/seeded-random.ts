import { hash } from 'node:crypto';
import type { Random } from './random.ts';

export interface SeededRandom extends Random {
  /** Uniform integer in [0, below). */
  below(below: number): number;
  /** True with the given chance in per mille. */
  chance(perMille: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/**
 * The same bytes for the same seed: SHA-256 in counter mode. For tests, the sample market and simulation;
 * main.ts cannot construct it (a law test checks).
 */
export function seededRandom(seed: string): SeededRandom {
  let counter = 0;
  let pool: Uint8Array = new Uint8Array(0);
  let offset = 0;
  const bytes = (count: number): Uint8Array => {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      if (offset >= pool.length) {
        pool = hash('sha256', `${seed}:${counter++}`, 'buffer');
        offset = 0;
      }
      out[i] = pool[offset++] ?? 0;
    }
    return out;
  };
  const below = (limit: number): number => {
    const b = bytes(6);
    let value = 0;
    for (const byte of b) value = value * 256 + byte;
    return value % limit;
  };
  return {
    bytes,
    below,
    chance: (perMille) => below(1000) < perMille,
    pick(from) {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('pick from nothing');
      return chosen;
    },
  };
}
