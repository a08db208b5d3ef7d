import type { Operation } from '../kernel/operation.ts';
import { fail } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { MovingDeps } from './deps.ts';

/** What a paused copy may do all the same: none of it is in an archive. */
const ALLOWED: ReadonlySet<string> = new Set([
  'sign-out',
  'end-session',
  'create-token',
  'revoke-token',
  'remove-party',
  'cancel-job',
  'cancel-move',
  'take-into-use',
]);

/**
 * The same operation, which changes nothing of a paused party: what would be acknowledged here after the archive was made
 * would be lost with the move. What is under way while the party is paused is waited for (doings.ts).
 */
export function heldWhilePaused<Deps extends MovingDeps>(operation: Operation<Deps>): Operation<Deps> {
  if (operation.who !== 'party' || operation.effect === 'reads' || ALLOWED.has(operation.name))
    return operation;
  return {
    ...operation,
    async run(deps, actor, input) {
      const { home } = actor;
      if (home === undefined) return operation.run(deps, actor, input);
      const end = deps.doings.begin(home);
      try {
        const party = await deps.storage.read((view) => getPartyRow(view, home));
        return party?.paused_at ? paused() : await operation.run(deps, actor, input);
      } finally {
        end();
      }
    },
  };
}

function paused() {
  return fail(
    'party-paused',
    'This is a paused copy: nothing is changed or signed here.',
    'Act from the node that is in use; “Move” says which that is.',
  );
}
