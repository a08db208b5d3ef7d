import type { SampleDeps } from './deps.ts';
import { eraseSample, WHOLE } from './erase-sample.ts';
import { getSampleState } from './model.ts';

/** Takes out what a loading or a removal that was cut off has left; at the start of a node, before anybody looks. */
export async function sweepSample(deps: SampleDeps): Promise<void> {
  const state = await deps.storage.read((view) => getSampleState(view));
  if (state === 'loading' || state === 'removing') await eraseSample(deps, WHOLE);
}
