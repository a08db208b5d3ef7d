import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { jobUnknown } from './get-job.ts';
import type { Job, JobDeps } from './model.ts';
import { getJobRow, jobView } from './store.ts';

export const CancelJob = z.object({ id });

/** Asks long work to end at its next whole step; what it did so far stays. Fails with `job-unknown`, `job-over`. */
export async function cancelJob(
  deps: JobDeps,
  actor: PartyActor,
  input: z.output<typeof CancelJob>,
): Promise<Result<Job>> {
  const row = await deps.storage.read((view) => getJobRow(view, actor.home, input.id));
  if (!row) return jobUnknown();
  if (row.state !== 'running' || !deps.jobs.cancel(row.id)) {
    return fail('job-over', 'This work has ended already.', 'Look at its report.');
  }
  return ok(jobView(row));
}
