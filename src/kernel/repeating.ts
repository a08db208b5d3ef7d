import type { Clock } from './clock.ts';

/** Something that works by itself until it is stopped. */
export interface Repeating {
  /** Resolves when the round that is under way has ended. */
  idle(): Promise<void>;
  /** No further round; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** Does a piece of work, and again `ms` after it ended; a round that fails is told to `stumbled` and the next one comes. */
export function repeating(
  clock: Clock,
  ms: number,
  work: () => Promise<void>,
  stumbled: () => void,
): Repeating {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let cancel = (): void => {};
  const round = (): void => {
    if (stopped) return;
    running = work()
      .catch(stumbled)
      .finally(() => {
        if (!stopped) cancel = clock.after(ms, round);
      });
  };
  round();
  return {
    idle: () => running,
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
