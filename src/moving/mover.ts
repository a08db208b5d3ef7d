import { tables } from '../storage/index.ts';
import { advanceMove } from './advance.ts';
import type { MovingDeps } from './deps.ts';
import { dropOthers, inFile, outFile } from './files.ts';
import { settleInvitations } from './settle-invitations.ts';
import { dueMoves, invitationsIn, MOVES } from './store.ts';
import type { MovingTables } from './tables.ts';

const LOOK_AGAIN_MS = 1_000;

interface Mover {
  /** Resolves when nothing that is due waits any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes moves on, step by step, on both nodes. It remembers nothing itself: after a start it goes on from the rows and
 * from the sealed files that they name.
 */
export function startMover(deps: MovingDeps): Mover {
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
        await round(deps, () => stopped);
      } catch {
        deps.log('mover.stumbled');
        return;
      }
    }
  };
  const tick = (): void => {
    wake();
    if (!stopped) cancelTimer = deps.clock.after(LOOK_AGAIN_MS, tick);
  };
  deps.storage.listen(MOVES, wake);
  running = sweepFiles(deps)
    .catch(() => deps.log('mover.stumbled'))
    .finally(() => {
      running = undefined;
      if (again && !stopped) wake();
    });
  tick();
  return {
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

async function round(deps: MovingDeps, isStopping: () => boolean): Promise<void> {
  await settleInvitations(deps);
  const due = await deps.storage.read((view) => dueMoves(view, deps.clock.now()));
  for (const row of due) {
    if (isStopping()) return;
    await advanceMove(deps, row);
  }
}

/** At a start: files of moves that are over. */
async function sweepFiles(deps: MovingDeps): Promise<void> {
  const kept = await deps.storage.read(async (view) => {
    const out = await tables<MovingTables>(view)
      .selectFrom('moves')
      .select('id')
      .where('state', 'in', ['sending'])
      .execute();
    const coming = await invitationsIn(view, ['receiving', 'checking']);
    return new Set([...out.map((it) => outFile(deps, it.id)), ...coming.map((it) => inFile(deps, it.id))]);
  });
  await dropOthers(deps, kept);
}
