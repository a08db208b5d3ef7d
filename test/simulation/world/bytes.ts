import type { Dice } from './dice.ts';

export function randomBytesOf(dice: Dice, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => dice.below(256));
}
