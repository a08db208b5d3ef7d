import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { page } from '../kernel/schema.ts';
import { Job, type JobDeps } from './model.ts';
import { jobView, listJobRows } from './store.ts';

export const ListJobs = z.object(page);
export const JobList = z.object({ rows: z.array(Job.omit({ report: true })), next: z.string().optional() });

/** Long work, newest first, without the reports. Fails with `cursor-malformed`. */
export async function listJobs(
  deps: JobDeps,
  actor: PartyActor,
  input: z.output<typeof ListJobs>,
): Promise<Result<z.output<typeof JobList>>> {
  const cursor = input.after === undefined ? undefined : /^(\d{1,15})\.(\w{1,64})$/.exec(input.after);
  if (cursor === null) {
    return fail('cursor-malformed', 'That is not a place in this list.', 'Start from its beginning.');
  }
  const after = cursor && { startedAt: Number(cursor[1]), id: String(cursor[2]) };
  const rows = await deps.storage.read((view) => listJobRows(view, actor.home, after, input.limit + 1));
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return ok({
    rows: shown.map((row) => jobView({ ...row, report: null })),
    ...(rows.length > shown.length && last && { next: `${last.started_at}.${last.id}` }),
  });
}
