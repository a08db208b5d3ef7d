import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { TIER_LIMITS } from './limits.ts';
import { Named } from './model.ts';
import { neverList } from './never.ts';
import { dropWaiting, neverOf, replaceNever, ruleRows, switchAllOff, waitingRows } from './store.ts';

export const SetNever = z.object({
  never: z.array(Named).max(TIER_LIMITS.never).describe('The whole list: items, properties, categories.'),
});
export const NeverSet = z.object({
  never: z.array(z.object({ kind: Named.shape.kind, value: z.string() })),
  switchedOff: z.int().describe('Rules that are off now, because something was taken off the list.'),
});

/**
 * Says what is never given, whatever a rule or a step says. When something is taken off the list, every rule is off until
 * it has been looked at again: what it would give now, nobody has seen.
 */
export async function setNever(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof SetNever>,
): Promise<Result<z.output<typeof NeverSet>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const nameOf = ({ kind, value }: z.output<typeof Named>): string => `${kind} ${value}`;
    const wanted = [...new Map(input.never.map((it) => [nameOf(it), it])).values()];
    const kept = new Set(wanted.map(nameOf));
    const isLess = (await neverOf(tx, tx.home)).some((it) => !kept.has(nameOf(it)));
    await replaceNever(tx, wanted);
    await dropNever(tx);
    const on = isLess ? (await ruleRows(tx, tx.home)).filter((row) => row.is_on).length : 0;
    if (isLess) await switchAllOff(tx, 'never-changed');
    return ok({ never: await neverOf(tx, tx.home), switchedOff: on });
  });
}

/** What is never given does not wait for my word either. */
async function dropNever(tx: Tx): Promise<void> {
  const never = await neverList(tx, tx.home);
  for (const { item, property } of await waitingRows(tx))
    if (never.holds({ id: item, property })) await dropWaiting(tx, { item });
}
