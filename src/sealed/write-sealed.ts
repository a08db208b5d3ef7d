import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { eraseOldTrash, giveUpItems, modesOf } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { type Counted, change } from './model.ts';
import { forget, step } from './store.ts';

export const WriteSealed = z.object({
  ...change,
  replaces: z
    .array(id)
    .max(SEALED_LIMITS.replacedAtOnce)
    .default([])
    .describe('Served items that this seals: they are erased here, with their history.'),
});

/**
 * One step of my vault, all in one transaction: what is put, what is removed, and the served items in whose place it comes,
 * which must be of a category that is being sealed. Fails as `step` and `giveUpItems` do.
 */
export async function writeSealed(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof WriteSealed>,
): Promise<Result<Counted>> {
  const { replaces, ...change } = input;
  const done = await deps.storage.transact(actor.home, async (tx) => {
    const stepped = await step(tx, deps, change);
    if (!stepped.ok) return stepped;
    const before = await modesOf(tx, tx.home);
    // What nobody lists any more must not keep a category from being sealed.
    await eraseOldTrash(tx, deps);
    const refused = await giveUpItems(tx, deps, replaces);
    if (refused) return refused;
    const now = await modesOf(tx, tx.home);
    const isSealed = [...now].some(([category, mode]) => mode === 'sealed' && before.get(category) !== mode);
    return ok({ ...stepped.value, isSealed });
  });
  if (!done.ok) return done;
  if (done.value.isSealed) forget(deps, actor.home);
  return ok({ counter: done.value.counter });
}
