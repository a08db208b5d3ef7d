import { NODE_HOME } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';
import { inFile, sizeOf, writePart } from './files.ts';
import { getInvitation, MOVES, updateInvitation } from './store.ts';

/**
 * Adds a part to what is there, where it begins at its end; any other is left, and the answer says how much there is. With
 * the last one the archive is checked.
 */
export async function takePart(
  deps: MovingDeps,
  move: string,
  offset: number,
  octets: Uint8Array,
): Promise<void> {
  await deps.doings.inTurn(move, async () => {
    const row = await deps.storage.read((view) => getInvitation(view, move));
    const path = inFile(deps, move);
    const have = await sizeOf(path);
    const end = offset + octets.length;
    if (row?.state !== 'receiving' || row.size === null || offset !== have || end > row.size) return;
    await writePart(path, offset, octets);
    if (end < row.size) return;
    await deps.storage.transact(NODE_HOME, async (tx) => {
      const change = { state: 'checking', changed_at: deps.clock.now() } as const;
      await updateInvitation(tx, move, ['receiving'], change);
      tx.wake(MOVES);
    });
  });
}
