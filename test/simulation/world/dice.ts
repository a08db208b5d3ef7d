import { createHash } from 'node:crypto';

/** Fast chance from a seed (sfc32): what a simulation decides. Nodes get bytes of their own elsewhere. */
export interface Dice {
  /** A whole number in [0, limit). */
  below(limit: number): number;
  /** True so many times in a thousand. */
  chance(perMille: number): boolean;
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** One of the names, each as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
}

export function diceOf(seed: string): Dice {
  const hash = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), 1];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (perMille) => below(1000) < perMille,
    between: (low, high) => low + below(high - low + 1),
    pick(from) {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('pick from nothing');
      return chosen;
    },
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      // The record's own keys are its names.
      const names = Object.keys(weights) as T[];
      let at = below(names.reduce((sum, name) => sum + weights[name], 0));
      for (const name of names) {
        if (at < weights[name]) return name;
        at -= weights[name];
      }
      throw new Error('weights that sum to nothing');
    },
  };
}
