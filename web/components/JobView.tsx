import { useAct, useAsk } from '../api/queries.ts';
import type { Job } from '../api/shapes.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { Problem } from './Problem.tsx';

const EVERY_MS = 400;

/** A job until it ends; asks again while it runs. */
export function useJob(id: string | undefined): Job | undefined {
  const asked = useAsk('get-job', { id: id ?? '' }, { off: id === undefined, every: id ? EVERY_MS : false });
  return asked.data;
}

/** The id of a running job of one of these kinds, so that a page opened later shows it too. */
export function useRunningJob(kinds: readonly string[]): string | undefined {
  const jobs = useAsk('list-jobs', { limit: 20 }).data?.rows ?? [];
  return jobs.find((job) => job.state === 'running' && kinds.includes(job.kind))?.id;
}

/** A long job: how many of how many, how fast, and a way to stop it. */
export function JobView({ job, title, canCancel }: { job: Job; title: string; canCancel?: boolean }) {
  const cancel = useAct('cancel-job');
  const isRunning = job.state === 'running';
  return (
    <div className="stack">
      <p className="label">{title}</p>
      <progress
        aria-label={title}
        {...(job.total === undefined ? {} : { value: job.done, max: Math.max(job.total, 1) })}
      />
      <p className="sans" role="status">
        {t.desk.progress(job.done, job.total)}
        {isRunning ? `, ${t.desk.rate(job.rate)}` : null}
      </p>
      {job.state === 'cancelled' ? <p>{t.desk.cancelled}</p> : null}
      {job.state === 'interrupted' ? <p>{t.desk.interrupted}</p> : null}
      <Problem failure={job.problem} />
      <Problem failure={cancel.failure} />
      {isRunning && canCancel ? (
        <div className="acts">
          <Button onPress={() => void cancel.run({ id: job.id })}>{t.desk.cancel}</Button>
        </div>
      ) : null}
    </div>
  );
}
