import { type HomeId, newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { databaseProblem } from '../storage/index.ts';
import type { JobDeps, JobReport, JobRow, Progress } from './model.ts';
import type { StopWish } from './running.ts';
import { countRunning, forgetOldJobs, insertJob, updateRunning } from './store.ts';

/** How often progress is saved and told to pages. */
const TELL_EVERY_MS = 250;

interface Run {
  readonly progress: Progress;
  readonly report: () => JobReport;
  /** What stopped it, once the work has seen that it should stop. */
  readonly stoppedBy: () => StopWish | undefined;
  readonly change: () => Partial<JobRow>;
  readonly stop: (wish: StopWish) => void;
}

/**
 * Starts long work for a home and answers its job at once; the work's own failure ends it as `failed`, with its
 * sentence. Fails with `jobs-busy` when too many run already.
 */
export async function startJob(
  deps: JobDeps,
  home: HomeId,
  kind: string,
  work: (progress: Progress) => Promise<Failure | undefined>,
): Promise<Result<{ job: string }>> {
  const id = newId(deps.random);
  const now = deps.clock.now();
  const row = { id, kind, state: 'running', done: 0, total: null, started_at: now, told_at: now } as const;
  const started = await deps.storage.transact(home, async (tx) => {
    if ((await countRunning(tx, home)) >= LIMITS.runningJobs) {
      return fail(
        'jobs-busy',
        'Too much long work is running already.',
        'Wait for one to end, or cancel it.',
      );
    }
    await forgetOldJobs(tx, LIMITS.keptJobs - 1);
    await insertJob(tx, { ...row, ended_at: null, report: null, problem: null });
    tx.wake(`changed:${home}`);
    return ok({ job: id });
  });
  if (!started.ok) return started;
  const run = newRun(deps, home, id);
  const ended = settle(
    deps,
    home,
    id,
    run,
    Promise.resolve().then(() => work(run.progress)),
  );
  deps.jobs.add(id, { stop: run.stop, ended });
  return started;
}

function newRun(deps: JobDeps, home: HomeId, id: string): Run {
  const report: JobReport = { rows: [], leftOut: 0, counts: {} };
  const state = { done: 0, total: null as number | null, savedAt: deps.clock.now() }; // null until it is told
  let wish: StopWish | undefined;
  let seen: StopWish | undefined;
  const change = () => ({ done: state.done, total: state.total, told_at: deps.clock.now() });
  const progress: Progress = {
    async tell(done, total) {
      state.done = done;
      if (total !== undefined) state.total = total;
      if (deps.clock.now() - state.savedAt < TELL_EVERY_MS) return;
      state.savedAt = deps.clock.now();
      await save(deps, home, id, change());
    },
    note(row: JsonObject) {
      if (report.rows.length < LIMITS.reportRows) report.rows.push(row);
      else report.leftOut++;
    },
    count(name, by = 1) {
      report.counts[name] = (report.counts[name] ?? 0) + by;
    },
    isStopping() {
      seen = wish;
      return wish !== undefined;
    },
  };
  const stop = (given: StopWish): void => {
    wish ??= given;
  };
  return { progress, report: () => report, stoppedBy: () => seen, change, stop };
}

async function settle(
  deps: JobDeps,
  home: HomeId,
  id: string,
  run: Run,
  work: Promise<Failure | undefined>,
): Promise<void> {
  const problem = await work.catch((error: unknown): Failure => {
    const known = databaseProblem(error);
    if (!known) deps.log('job.broke');
    return known ?? fail('internal-error', 'Something in Parley itself went wrong.', 'Please report it.');
  });
  const state = isFailure(problem) ? 'failed' : (run.stoppedBy() ?? 'done');
  const end: Partial<JobRow> = {
    ...run.change(),
    state,
    ended_at: deps.clock.now(),
    report: JSON.stringify(run.report()),
    problem: problem
      ? JSON.stringify({ code: problem.code, message: problem.message, next: problem.next })
      : null,
  };
  // When even this cannot be saved, the next start finds the job running and calls it interrupted.
  await save(deps, home, id, end).catch(() => deps.log('job.unsaved'));
}

async function save(deps: JobDeps, home: HomeId, id: string, change: Partial<JobRow>): Promise<void> {
  await deps.storage.transact(home, async (tx) => {
    await updateRunning(tx, id, change);
    tx.wake(`changed:${home}`);
  });
}
