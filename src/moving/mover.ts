import { type Rounds, startRounds } from '../kernel/rounds.ts';
import { tables } from '../storage/index.ts';
import { advanceMove } from './advance.ts';
import type { MovingDeps } from './deps.ts';
import { dropOthers, inFile, outFile } from './files.ts';
import { settleInvitations } from './settle-invitations.ts';
import { dueMoves, invitationsIn, MOVES } from './store.ts';
import type { MovingTables } from './tables.ts';

const LOOK_AGAIN_MS = 1_000;

/**
 * Takes moves on, step by step, on both nodes. It remembers nothing itself: after a start it goes on from the rows and
 * from the sealed files that they name.
 */
export function startMover(deps: MovingDeps): Rounds {
  const stumbled = (): void => deps.log('mover.stumbled');
  let isSwept = false;
  const rounds = startRounds({
    clock: deps.clock,
    everyMs: LOOK_AGAIN_MS,
    round: async (isStopping) => {
      if (!isSwept) await sweepFiles(deps).catch(stumbled);
      isSwept = true;
      await round(deps, isStopping);
      return false;
    },
    stumbled,
  });
  deps.storage.listen(MOVES, rounds.wake);
  return rounds;
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
