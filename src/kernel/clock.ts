/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** The last instant that a Date can say (ECMA-262, 21.4.1.1). */
export const LAST_INSTANT: Instant = 8_640_000_000_000_000;

export interface Clock {
  now(): Instant;
  /** Calls back once after at least `ms`; the returned function cancels. Does not keep the process alive. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after at least `ms` and keeps the process alive until then: for a command that waits, never for rules. */
export function systemPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets everything else that waits have its turn, in long work of this process. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is told to move; for tests and simulation. */
export function manualClock(start: Instant): Clock & { advance(ms: number): void } {
  let now = start;
  let waiting: { at: Instant; callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms, callback) {
      const entry = { at: now + ms, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = waiting.filter((w) => w.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        waiting = waiting.filter((w) => w !== due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = until;
    },
  };
}

/** Resolves after at least `ms` of real time: for what waits on another program, not for anything that is tested. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
