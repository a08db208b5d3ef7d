import type { Clock } from './clock.ts';

/** Places for work that runs at once: so many in all, and so many for one key. */
interface Slots {
  /** Resolves to a release, or to undefined when none came free in time or too many wait already. */
  take(key: string, waitMs: number): Promise<(() => void) | undefined>;
}

interface Waiting {
  readonly key: string;
  readonly begin: () => void;
}

export function slots(
  clock: Clock,
  sizes: Readonly<Record<'total' | 'perKey' | 'waiting' | 'waitingPerKey', number>>,
): Slots {
  const busy = new Map<string, number>();
  const waiting = new Set<Waiting>();
  let taken = 0;
  const isFree = (key: string): boolean => taken < sizes.total && (busy.get(key) ?? 0) < sizes.perKey;
  const occupy = (key: string): (() => void) => {
    taken++;
    busy.set(key, (busy.get(key) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      taken--;
      const left = (busy.get(key) ?? 1) - 1;
      if (left === 0) busy.delete(key);
      else busy.set(key, left);
      // First come, first served, but nobody waits behind a key that is full.
      for (const next of waiting) {
        if (taken >= sizes.total) break;
        if (isFree(next.key)) next.begin();
      }
    };
  };
  return {
    take(key, waitMs) {
      if (isFree(key)) return Promise.resolve(occupy(key));
      const same = [...waiting].filter((it) => it.key === key).length;
      if (waiting.size >= sizes.waiting || same >= sizes.waitingPerKey) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const leave = clock.after(waitMs, () => {
          waiting.delete(entry);
          resolve(undefined);
        });
        const entry: Waiting = {
          key,
          begin: () => {
            waiting.delete(entry);
            leave();
            resolve(occupy(key));
          },
        };
        waiting.add(entry);
      });
    },
  };
}
