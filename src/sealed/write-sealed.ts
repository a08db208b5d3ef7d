import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { eraseOldTrash, forgetHeads, giveUpItems } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { type Counted, change } from './model.ts';
import { step } from './store.ts';

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
    // What nobody lists any more must not keep a category from being sealed.
    await eraseOldTrash(tx, deps);
    const sealed = await giveUpItems(tx, deps, replaces);
    return sealed.ok ? ok({ ...stepped.value, isLast: sealed.value.length > 0 }) : sealed;
  });
  if (!done.ok) return done;
  if (replaces.length > 0) forgetHeads(deps, actor.home);
  // What was erased, the keys of the category too, stands in SQLite's log until then.
  if (done.value.isLast) deps.storage.rest();
  return ok({ counter: done.value.counter });
}
