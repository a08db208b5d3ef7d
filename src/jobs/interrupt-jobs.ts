import { type BaseDeps, tables } from '../storage/index.ts';
import type { JobTables } from './model.ts';
import { updateRunning } from './store.ts';

/** At the start of a node: whatever an earlier process left running was interrupted. Answers how many. */
export async function interruptJobs(deps: BaseDeps): Promise<number> {
  const left = await deps.storage.read((view) =>
    tables<JobTables>(view)
      .selectFrom('jobs')
      .select(['home_id', 'id', 'told_at'])
      .where('state', '=', 'running')
      .execute(),
  );
  for (const job of left) {
    await deps.storage.transact(job.home_id, (tx) =>
      updateRunning(tx, job.id, { state: 'interrupted', ended_at: job.told_at }),
    );
  }
  return left.length;
}
