import { z } from 'zod';
import { cursorOf } from '../kernel/cursor.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, page } from '../kernel/schema.ts';
import { Job, type JobDeps } from './model.ts';
import { jobView, listJobRows } from './store.ts';

export const ListJobs = z.object(page);
export const JobList = z.object({ rows: z.array(Job.omit({ report: true })), next: z.string().optional() });

const CURSOR = cursorOf('list-jobs', [instant, id]);

/** Long work, newest first, without the reports. Fails with `cursor-unknown`. */
export async function listJobs(
  deps: JobDeps,
  actor: PartyActor,
  input: z.output<typeof ListJobs>,
): Promise<Result<z.output<typeof JobList>>> {
  const after = CURSOR.read(input.after);
  if (!after.ok) return after;
  const rows = await deps.storage.read((view) => listJobRows(view, actor.home, after.value, input.limit + 1));
  const { shown, next } = CURSOR.cut(rows, input.limit, (row) => [row.started_at, row.id]);
  return ok({ rows: shown.map((row) => jobView({ ...row, report: null })), ...next });
}
