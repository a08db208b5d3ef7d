import type { Clock } from '../kernel/clock.ts';
import { RELAY_LIMITS } from './limits.ts';

/** Remembers what came lately, in two generations of bounded size: full or old, the older one is forgotten. */
interface Repeats {
  has(name: string): boolean;
  add(name: string): void;
}

export function rememberRepeats(clock: Clock): Repeats {
  let current = new Set<string>();
  let before = new Set<string>();
  let since = clock.now();
  const turn = () => {
    const age = clock.now() - since;
    if (age < RELAY_LIMITS.rememberedMs && current.size < RELAY_LIMITS.rememberedRequests) return;
    before = age < 2 * RELAY_LIMITS.rememberedMs ? current : new Set();
    current = new Set();
    since = clock.now();
  };
  return {
    has(name) {
      turn();
      return current.has(name) || before.has(name);
    },
    add(name) {
      turn();
      current.add(name);
    },
  };
}
