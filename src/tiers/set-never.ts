import { z } from 'zod';
import { endFollowing } from '../grants/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { TIER_LIMITS } from './limits.ts';
import { Named } from './model.ts';
import { neverList } from './never.ts';
import { dropWaiting, neverOf, replaceNever, ruleRows, switchAllOff, waitingRows } from './store.ts';

export const SetNever = z.object({
  add: z.array(Named).max(TIER_LIMITS.never).default([]).describe('Items, properties, categories.'),
  drop: z.array(Named).max(TIER_LIMITS.never).default([]).describe('What is taken off the list.'),
});
export const NeverSet = z.object({
  never: z.array(z.object({ kind: Named.shape.kind, value: z.string() })),
  switchedOff: z.int().describe('Rules that are off now, because something was taken off the list.'),
});

/**
 * Puts something on the list of what is never given, whatever a rule or a step says, or takes something off it; whatever
 * else is on the list stays. Whoever was given it before has it until that is stopped, and gets no newer value of it. When something is taken off, every rule is off until it has been looked at again: what it
 * would give now, nobody has seen. Fails with `never-full`.
 */
export async function setNever(
  deps: BaseDeps,
  actor: PartyActor,
  { add, drop }: z.output<typeof SetNever>,
): Promise<Result<z.output<typeof NeverSet>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const nameOf = ({ kind, value }: z.output<typeof Named>): string => `${kind} ${value}`;
    const before = await neverOf(tx, tx.home);
    const wanted = new Map(before.map((it) => [nameOf(it), it]));
    for (const it of drop) wanted.delete(nameOf(it));
    for (const it of add) wanted.set(nameOf(it), it);
    if (wanted.size > TIER_LIMITS.never) return neverFull();
    const isLess = before.some((it) => !wanted.has(nameOf(it)));
    await replaceNever(tx, [...wanted.values()]);
    await dropNever(tx);
    const on = isLess ? (await ruleRows(tx, tx.home)).filter((row) => row.is_on).length : 0;
    if (isLess) await switchAllOff(tx, 'never-changed');
    return ok({ never: await neverOf(tx, tx.home), switchedOff: on });
  });
}

function neverFull() {
  return fail(
    'never-full',
    `Your list of what you never give has ${TIER_LIMITS.never} entries, which are the most there can be.`,
    'Put a whole kind on it, and take off what that kind holds.',
  );
}

/** What is never given does not wait for my word either, and nobody who has it is given what it says later. */
async function dropNever(tx: Tx): Promise<void> {
  const never = await neverList(tx, tx.home);
  await endFollowing(tx, never.holds);
  for (const { item, property } of await waitingRows(tx))
    if (never.holds({ id: item, property })) await dropWaiting(tx, { item });
}
