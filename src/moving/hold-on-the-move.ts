import type { HomeId } from '../kernel/ids.ts';
import type { Operation } from '../kernel/operation.ts';
import { fail } from '../kernel/result.ts';
import { getPartyRow, isOnTheMove } from '../parties/index.ts';
import type { View } from '../storage/index.ts';
import type { MovingDeps } from './deps.ts';
import { movesOf } from './store.ts';

/** What a party on the move may do all the same: none of it is in an archive. */
const ALLOWED: ReadonlySet<string> = new Set([
  'sign-out',
  'end-session',
  'create-token',
  'revoke-token',
  'remove-passkey',
  'remove-party',
  'cancel-job',
  'cancel-move',
  'take-into-use',
]);

/**
 * The same operation, which changes nothing of a party that is moving or has moved away: what would be acknowledged here
 * after the archive was made would be lost with the move. What is under way when it begins is waited for (doings.ts).
 */
export function heldOnTheMove<Deps extends MovingDeps>(operation: Operation<Deps>): Operation<Deps> {
  if (operation.who !== 'party' || operation.effect === 'reads' || ALLOWED.has(operation.name))
    return operation;
  return {
    ...operation,
    async run(deps, actor, input) {
      const { home } = actor;
      if (home === undefined) return operation.run(deps, actor, input);
      const end = deps.doings.begin(home);
      try {
        const isHeld = await deps.storage.read((view) => isHeldHere(view, home));
        return isHeld ? paused() : await operation.run(deps, actor, input);
      } finally {
        end();
      }
    },
  };
}

/** A copy from a file is paused too, and its owner may do with it what signs nothing. */
async function isHeldHere(view: View, home: HomeId): Promise<boolean> {
  if ((await getPartyRow(view, home))?.paused_at == null) return false;
  if (await isOnTheMove(view, home)) return true;
  return (await movesOf(view, home)).some((move) => move.state === 'forwarding');
}

function paused() {
  return fail(
    'party-paused',
    'This party is moving or has moved: nothing is changed or signed here.',
    'Act from the node that is in use; “Move” says which that is.',
  );
}
