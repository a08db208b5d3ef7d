import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { noteWay } from '../parties/index.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { again, openAgain } from './ask-again.ts';
import { DEVICE_LIMITS } from './limits.ts';
import type { DeviceTables } from './model.ts';
import { makeShares } from './shares.ts';
import { getShares } from './store.ts';

export const MakeRecoveryShares = z.object(again);
export const RecoveryShares = z.object({
  /** 40 letters and digits each, in groups of four. Shown this once: nothing here keeps them. */
  shares: z.array(z.string()).length(DEVICE_LIMITS.shares),
  needed: z.literal(DEVICE_LIMITS.sharesNeeded),
  /** True when there were shares before, which open nothing now. */
  voided: z.boolean(),
});

/**
 * Three shares for people I trust: any two of them open my party, one alone says nothing. Shares made before are void.
 * Fails as `openAgain` does.
 */
export async function makeRecoveryShares(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof MakeRecoveryShares>,
): Promise<Result<z.output<typeof RecoveryShares>>> {
  const secret = await openAgain(deps, actor, input);
  if (!secret.ok) return secret;
  const { id, shares, wrapped } = await makeShares(secret.value, actor.home, deps.random);
  const now = deps.clock.now();
  const voided = await deps.storage.transact(actor.home, async (tx) => {
    const before = await getShares(tx, tx.home);
    await tables<DeviceTables>(tx)
      .insertInto('recovery_shares')
      .values({ home_id: tx.home, id, wrapped, made_at: now })
      .onConflict((c) => c.column('home_id').doUpdateSet({ id, wrapped, made_at: now }))
      .execute();
    await noteWay(tx, 'recovery-shares', 'made', now);
    tx.wake(`changed:${tx.home}`);
    return before !== undefined;
  });
  return ok({ shares, needed: DEVICE_LIMITS.sharesNeeded, voided });
}
