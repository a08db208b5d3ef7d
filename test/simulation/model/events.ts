import { newQueue } from '../world/queue.ts';

/** Virtual time: what is asked for first comes first among the events of one instant. */
export interface Events {
  now(): number;
  after(ms: number, run: () => void): void;
  /** Runs the next event; false when none comes before that instant. */
  step(until: number): boolean;
}

export function newEvents(): Events {
  const queue = newQueue();
  let [now, order] = [0, 0];
  return {
    now: () => now,
    after(ms, run) {
      queue.add(now + ms, order++, run);
    },
    step(until) {
      const next = queue.takeUntil(until);
      now = Math.max(now, next?.at ?? until);
      next?.run();
      return next !== undefined;
    },
  };
}
