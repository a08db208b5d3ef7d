import type { Clock } from './clock.ts';

/** Rounds of work that is found anew in each of them, so that whoever does it remembers nothing. */
export interface Rounds {
  /** There may be something to do. */
  wake(): void;
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  /** No further round; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

interface Work {
  readonly clock: Clock;
  /** Milliseconds after which it looks again by itself. */
  readonly everyMs: number;
  /** One round. Answers whether another is due at once. */
  round(isStopping: () => boolean): Promise<boolean>;
  /** Told of a round that fails; the next one comes in its time. */
  stumbled(): void;
}

/** Does a round at once, whenever it is woken, and every so often; never two at a time. */
export function startRounds({ clock, everyMs, round, stumbled }: Work): Rounds {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let cancelTimer = (): void => {};
  const wake = (): void => {
    again = true;
    if (stopped || running) return;
    running = rounds().finally(() => {
      running = undefined;
      if (again && !stopped) wake();
    });
  };
  const rounds = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      try {
        if (await round(() => stopped)) again = true;
      } catch {
        stumbled();
        return;
      }
    }
  };
  const tick = (): void => {
    wake();
    if (!stopped) cancelTimer = clock.after(everyMs, tick);
  };
  tick();
  return {
    wake,
    async idle() {
      while (running || again) await running;
    },
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
