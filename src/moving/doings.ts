import type { HomeId } from '../kernel/ids.ts';

/** Who is in the middle of changing something, so that nothing is left out of an archive that is made after a pause. */
export interface Doings {
  /** Until the returned function is called, something of this home may still be written. */
  begin(home: HomeId): () => void;
  /** Resolves when everything of this home that had begun has ended. */
  settled(home: HomeId): Promise<void>;
  /** One after the other for each name: what writes to the same file. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function newDoings(): Doings {
  const underWay = new Map<HomeId, Set<Promise<void>>>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    begin(home) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const all = underWay.get(home) ?? new Set();
      underWay.set(home, all.add(promise));
      return () => {
        all.delete(promise);
        if (all.size === 0) underWay.delete(home);
        resolve();
      };
    },
    async settled(home) {
      await Promise.all(underWay.get(home) ?? []);
    },
    inTurn(name, work) {
      const mine = (turns.get(name) ?? Promise.resolve()).then(work, work);
      turns.set(name, mine);
      const end = (): void => {
        if (turns.get(name) === mine) turns.delete(name);
      };
      mine.then(end, end);
      return mine;
    },
  };
}
