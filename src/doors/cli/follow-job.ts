import type { Job } from '../../jobs/index.ts';
import { systemPause } from '../../kernel/clock.ts';
import { assert, type Failure, fail, type Result } from '../../kernel/result.ts';
import { OPERATIONS } from '../../operations.ts';
import type { Way } from './way.ts';

const LOOK_EVERY_MS = 200;

/** A failure of long work, with what became of each piece until then. */
export interface JobFailure extends Failure {
  readonly report?: NonNullable<Job['report']>;
}

/** Waits for long work to end, telling how far it is. Its own failure, with its report, is the command's. */
export async function followJob(
  way: Way,
  as: string | undefined,
  id: string,
  tell: (progress: string) => void,
): Promise<Result<unknown> | JobFailure> {
  const operation = OPERATIONS.find((candidate) => candidate.name === 'get-job');
  assert(operation, 'get-job is in the table');
  const call = { operation, as, input: { id }, file: undefined, saveAs: (name: string) => name };
  for (;;) {
    const result = await way.call(call);
    if (!result.ok) return result;
    const job = result.value as Job; // what get-job's output schema says
    const of = job.total === undefined ? '' : ` of ${job.total}`;
    tell(job.state === 'running' ? `${job.done}${of}, ${job.rate} a second` : '');
    if (job.state === 'failed' && job.problem) {
      const failure = fail(job.problem.code, job.problem.message, job.problem.next);
      return job.report ? { ...failure, report: job.report } : failure;
    }
    if (job.state !== 'running') return result;
    await systemPause(LOOK_EVERY_MS);
  }
}
