import { z } from 'zod';
import { noteHoldersAgain } from '../grants/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Failure, Result } from '../kernel/result.ts';
import type { BaseDeps, Tx } from '../storage/index.ts';
import { Category, modesOf, setMode, takeBackItems, type WholeItem, wrongMode } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import { type Counted, change, Whole } from './model.ts';
import { countFrom, step } from './store.ts';

export const ServeItems = z.object({
  ...change,
  category: Category.describe('The category that they come back to.'),
  items: z.array(Whole).max(SEALED_LIMITS.servedAtOnce),
  last: z.boolean().default(false).describe('Nothing of this category is sealed after this.'),
});

/**
 * Brings items back that were sealed, with their history, in one transaction with the step that removes them from my vault.
 * With the last the category is served again. Fails with `category-mode`, also when it is not the last while blocks of it
 * are left, and as `step` and `takeBackItems` do.
 */
export async function serveItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ServeItems>,
): Promise<Result<Counted>> {
  const { items, category, last, ...change } = input;
  return deps.storage.transact(actor.home, async (tx) => {
    const stepped = await step(tx, deps, change);
    if (!stepped.ok) return stepped;
    const refused =
      (await takeBackItems(tx, deps, items.map(wholeOf))) ??
      (last ? await end(tx, deps, category) : undefined);
    if (refused) return refused;
    await noteHoldersAgain(
      tx,
      items.map((item) => item.id),
    );
    return stepped;
  });
}

function wholeOf(item: z.output<typeof Whole>): WholeItem {
  return { ...item, trashedAt: item.trashedAt ?? null };
}

async function end(tx: Tx, deps: BaseDeps, category: Category): Promise<Failure | undefined> {
  const mode = (await modesOf(tx, tx.home)).get(category);
  if (mode !== 'serving') return wrongMode('is not on its way back');
  if ((await countFrom(tx, tx.home, `block/${category}/`)) > 0) return wrongMode('has sealed blocks still');
  await setMode(tx, category, 'served', deps.clock.now());
  return undefined;
}
