import { z } from 'zod';
import { countFilesIn, servedFilesPresent } from '../files/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import {
  Category,
  eraseOldTrash,
  modesOf,
  rewrapMoved,
  setMode,
  settleSealing,
  wrongMode,
} from '../vault/index.ts';
import { Counted, change } from './model.ts';
import { countStopped, Stopped } from './stops.ts';
import { forget, step } from './store.ts';

export const SealCategory = z.object({ category: Category, ...change });
export const CategorySealing = Counted.extend({ stops: Stopped });

/**
 * From now on the node takes nothing of a category that it could read; what it has of it, devices move. With the last item it
 * is sealed, at once where there is none. Answers what stops with that. Fails with `category-mode` when it is sealed or on
 * its way there, with `files-present` while the node can read files, and as `step` does.
 */
export async function sealCategory(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof SealCategory>,
): Promise<Result<z.output<typeof CategorySealing>>> {
  const { category, ...change } = input;
  const done = await deps.storage.transact(actor.home, async (tx) => {
    const stepped = await step(tx, deps, change);
    if (!stepped.ok) return stepped;
    const mode = (await modesOf(tx, tx.home)).get(category);
    if (mode === 'sealing' || mode === 'sealed') return wrongMode('is sealed already, or on its way there');
    const files = category === 'file' ? await countFilesIn(tx, tx.home, 'served') : 0;
    if (files > 0) return servedFilesPresent(files);
    const stops = await countStopped(tx, tx.home, category, deps.clock.now());
    await setMode(tx, category, 'sealing', deps.clock.now());
    await eraseOldTrash(tx, deps);
    await rewrapMoved(tx, deps, category);
    await settleSealing(tx, category, deps.clock.now());
    const isSealed = (await modesOf(tx, tx.home)).get(category) === 'sealed';
    return ok({ answer: { ...stepped.value, stops }, isSealed });
  });
  if (!done.ok) return done;
  if (done.value.isSealed) forget(deps, actor.home);
  return ok(done.value.answer);
}
