import { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import { seal } from '../kernel/sealing.ts';
import { NODE_HOME, nodeIdentityKey } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import { writeCode } from './code.ts';
import type { MovingDeps } from './deps.ts';
import { MOVE_LIMITS } from './limits.ts';
import { invitationsIn, secretContext } from './store.ts';
import type { MovingTables } from './tables.ts';

export const InviteParty = z.strictObject({});
export const Invited = z.object({
  id,
  code: z.string().describe('For the person who moves; whoever has it may bring one party here.'),
  until: instant,
});

/**
 * Lets one party move to this node: a code, for whoever moves to give to the node they come from. Fails with
 * `node-unreachable` where other nodes cannot reach this one, and `invitations-full`.
 */
export async function inviteParty(
  deps: MovingDeps,
  _actor: Actor,
  _input: z.output<typeof InviteParty>,
): Promise<Result<z.output<typeof Invited>>> {
  if (deps.publicOrigin === undefined) {
    return fail(
      'node-unreachable',
      'Other nodes cannot reach this one, so nobody can move here over the network.',
      'Start it with --public-origin; or export the party there and import the file here.',
    );
  }
  const [move, secret] = [newId(deps.random), deps.random.bytes(16)];
  const now = deps.clock.now();
  const until = now + MOVE_LIMITS.invitationMs;
  const kept = await deps.storage.transact(NODE_HOME, async (tx) => {
    if ((await invitationsIn(tx, ['invited', 'receiving'])).length >= MOVE_LIMITS.openInvitations) {
      return fail(
        'invitations-full',
        'Too many invitations are open.',
        'Withdraw one that nobody uses, or wait until it expires.',
      );
    }
    const nothing = { peer_key: null, peer_host: null, party: null, handle: null, size: null, sha256: null };
    await tables<MovingTables>(tx)
      .insertInto('move_invitations')
      .values({
        ...{ home_id: NODE_HOME, id: move, state: 'invited' },
        secret: seal(deps.nodeKey, secret, secretContext(move), deps.random),
        ...{ until_at: until, ...nothing, summary: null, hand_over: null, problem: null },
        ...{ made_at: now, changed_at: now },
      })
      .execute();
    return ok(true);
  });
  if (!kept.ok) return kept;
  const key = nodeIdentityKey(deps.nodeKey);
  return ok({ id: move, code: writeCode({ id: move, host: deps.host, secret, until }, key), until });
}
