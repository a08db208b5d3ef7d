import { z } from 'zod';
import { countFilesIn, sealedFilesPresent } from '../files/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import type { Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Category, modesOf, setMode, wrongMode } from '../vault/index.ts';
import { type Counted, change } from './model.ts';
import { step } from './store.ts';

export const ServeCategory = z.object({ category: Category, ...change });

/**
 * Lets the node read a category again: from now on it takes what is put there, and devices bring back what is sealed. Fails
 * with `category-mode` when it is served or on its way there, with `files-present` while there are sealed files, and as `step` does.
 */
export async function serveCategory(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ServeCategory>,
): Promise<Result<Counted>> {
  const { category, ...change } = input;
  return deps.storage.transact(actor.home, async (tx) => {
    const stepped = await step(tx, deps, change);
    if (!stepped.ok) return stepped;
    const mode = (await modesOf(tx, tx.home)).get(category);
    const files = category === 'file' ? await countFilesIn(tx, tx.home, 'sealed') : 0;
    if (files > 0) return sealedFilesPresent(files);
    if (mode !== 'sealing' && mode !== 'sealed') return wrongMode('is served already, or on its way there');
    await setMode(tx, category, 'serving', deps.clock.now());
    return stepped;
  });
}
