import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import type { Job, JobDeps } from './model.ts';
import { getJobRow, jobView } from './store.ts';

export const GetJob = z.object({ id });

/** How far a piece of long work is, and its report once it has ended. Fails with `job-unknown`. */
export async function getJob(
  deps: JobDeps,
  actor: PartyActor,
  input: z.output<typeof GetJob>,
): Promise<Result<Job>> {
  const row = await deps.storage.read((view) => getJobRow(view, actor.home, input.id));
  return row ? ok(jobView(row)) : jobUnknown();
}

export function jobUnknown(): Failure {
  return fail('job-unknown', 'There is no such piece of work.', 'Look at the list of them.');
}
