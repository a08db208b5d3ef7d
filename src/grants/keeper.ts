import { RECONCILING, type RelationshipDeps } from '../relationships/index.ts';
import { ITEMS } from '../vault/index.ts';
import { homesWithUnsaid, sayUnsaid } from './keep-up.ts';
import { GRANTS } from './stopping.ts';
import { homesWithForgotten, withdrawForgotten } from './withdraw-forgotten.ts';

interface Keeper {
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Does at once what is due about grants: says that something was erased or that an item which is followed has another value,
 * and holds back what waited when a backup was made. It remembers nothing: what it misses the timekeeper finds.
 */
export function startGrantKeeper(deps: RelationshipDeps): Keeper {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const round = async (): Promise<void> => {
    for (const home of await deps.storage.read(homesWithForgotten))
      if (!stopped) await withdrawForgotten(deps, home).catch(() => deps.log('grants.stumbled'));
    for (const home of await deps.storage.read((view) => homesWithUnsaid(view, deps.clock.now())))
      if (!stopped) await sayUnsaid(deps, home).catch(() => deps.log('grants.stumbled'));
  };
  const rounds = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      await round().catch(() => deps.log('grants.stumbled'));
    }
    running = undefined;
  };
  const wake = (): void => {
    again = true;
    if (!stopped) running ??= rounds();
  };
  deps.storage.listen(GRANTS, wake);
  deps.storage.listen(ITEMS, wake);
  deps.storage.listen(RECONCILING, wake);
  return {
    async idle() {
      while (running) await running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
