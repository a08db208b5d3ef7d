import type { Dice } from './dice.ts';

interface Event {
  readonly at: number;
  /** Chance decides between events of one instant. */
  readonly order: number;
  readonly run: () => void;
}

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
  const waiting = new Set<Event>();
  let now = start;
  let steps = 0;
  return {
    now: () => now,
    steps: () => steps,
    after(ms, run) {
      const event = { at: now + ms, order: dice.below(2 ** 32), run };
      waiting.add(event);
      return () => waiting.delete(event);
    },
    async step(until) {
      let next: Event | undefined;
      for (const event of waiting) {
        if (!next || event.at < next.at || (event.at === next.at && event.order < next.order)) next = event;
      }
      if (!next || next.at > until) {
        now = Math.max(now, until);
        return false;
      }
      waiting.delete(next);
      now = Math.max(now, next.at);
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
