import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import type { Job, JobReport, JobRow, JobTables } from './model.ts';

export async function insertJob(tx: Tx, row: Omit<JobRow, 'home_id'>): Promise<void> {
  await tables<JobTables>(tx)
    .insertInto('jobs')
    .values({ home_id: tx.home, ...row })
    .execute();
}

/** Changes a job that still runs; one that has ended stays as it is. */
export async function updateRunning(tx: Tx, id: string, change: Partial<JobRow>): Promise<void> {
  await tables<JobTables>(tx)
    .updateTable('jobs')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

export async function getJobRow(view: View, home: HomeId, id: string): Promise<JobRow | undefined> {
  return tables<JobTables>(view)
    .selectFrom('jobs')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function countRunning(view: View, home: HomeId): Promise<number> {
  const { running } = await tables<JobTables>(view)
    .selectFrom('jobs')
    .select((e) => e.fn.countAll<number>().as('running'))
    .where('home_id', '=', home)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  return running;
}

/** Newest first, `after` the start and id of the last one seen. */
export async function listJobRows(
  view: View,
  home: HomeId,
  after: readonly [startedAt: Instant, id: string] | undefined,
  limit: number,
): Promise<JobRow[]> {
  let query = tables<JobTables>(view).selectFrom('jobs').selectAll().where('home_id', '=', home);
  if (after) {
    const [startedAt, id] = after;
    query = query.where((e) =>
      e.or([e('started_at', '<', startedAt), e.and([e('started_at', '=', startedAt), e('id', '>', id)])]),
    );
  }
  return query.orderBy('started_at', 'desc').orderBy('id').limit(limit).execute();
}

/** Forgets those that have ended and are older than the newest so many. */
export async function forgetOldJobs(tx: Tx, kept: number): Promise<void> {
  const db = tables<JobTables>(tx);
  const oldest = await db
    .selectFrom('jobs')
    .select(['started_at', 'id'])
    .where('home_id', '=', tx.home)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .offset(kept)
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return;
  const { started_at: at, id } = oldest;
  await db
    .deleteFrom('jobs')
    .where('home_id', '=', tx.home)
    .where('state', '!=', 'running')
    .where((e) => e.or([e('started_at', '<', at), e.and([e('started_at', '=', at), e('id', '>=', id)])]))
    .execute();
}

export function jobView(row: JobRow): Job {
  const seconds = Math.max(1, (row.ended_at ?? row.told_at) - row.started_at) / 1000;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    done: row.done,
    ...(row.total !== null && { total: row.total }),
    rate: Math.round(row.done / seconds),
    startedAt: row.started_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    // start-job.ts wrote the problem,
    ...(row.problem !== null && { problem: JSON.parse(row.problem) as NonNullable<Job['problem']> }),
    // and the report.
    ...(row.report !== null && { report: JSON.parse(row.report) as JobReport }),
  };
}
