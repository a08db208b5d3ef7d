import type { z } from 'zod';
import { startJob } from '../jobs/index.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, type Result } from '../kernel/result.ts';
import type { SampleDeps } from './deps.ts';
import { eraseSample } from './erase-sample.ts';
import type { Started } from './load-sample.ts';
import { getSampleState } from './model.ts';

/**
 * Removes the sample market whole: market, vendors, listings, casts. Wants that were cast there end, and what I agreed
 * with sample vendors stays mine to read, as ended. Stopped midway, it goes on when it is asked for again, or at the
 * next start of the node. It ends what everybody here has in it, so only whoever runs the node may. Fails with
 * `operator-only`, `sample-absent`.
 */
export async function removeSample(
  deps: SampleDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof Started>>> {
  if (!actor.isOperator) {
    return fail(
      'operator-only',
      'Everybody on this node loses what they have in the sample market, so only the person who runs it may remove it.',
      'Ask them.',
    );
  }
  const state = await deps.storage.read((view) => getSampleState(view));
  if (state === 'absent')
    return fail('sample-absent', 'There is no sample market here.', 'Nothing was changed.');
  return startJob(deps, actor.home, 'remove-sample', async (progress) => {
    const homes = await eraseSample(deps, progress);
    if (homes !== undefined) progress.count('parties', homes);
    return undefined;
  });
}
