import type { Dice } from './dice.ts';
import { newQueue } from './queue.ts';

/** Virtual time. Nothing happens in it but one event after the other. */
export interface Scheduler {
  now(): number;
  steps(): number;
  /** Calls back once when so many milliseconds have passed; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
  /** Runs the next event with all that follows from it at once; false when none comes before that instant. */
  step(until: number): Promise<boolean>;
}

export function schedulerFrom(start: number, dice: Dice): Scheduler {
  const queue = newQueue();
  let now = start;
  let steps = 0;
  return {
    now: () => now,
    steps: () => steps,
    // Chance decides between events of one instant.
    after: (ms, run) => queue.add(now + ms, dice.below(2 ** 32), run),
    async step(until) {
      const next = queue.takeUntil(until);
      now = Math.max(now, next?.at ?? until);
      if (!next) return false;
      steps++;
      next.run();
      await calm();
      return true;
    },
  };
}

/** Resolves when every promise that could settle has. */
export function calm(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
