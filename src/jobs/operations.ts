import { type Operation, partyOperation } from '../kernel/operation.ts';
import { CancelJob, cancelJob } from './cancel-job.ts';
import { GetJob, getJob } from './get-job.ts';
import { JobList, ListJobs, listJobs } from './list-jobs.ts';
import { Job, type JobDeps } from './model.ts';

export const operations: readonly Operation<JobDeps>[] = [
  partyOperation({
    name: 'get-job',
    room: 'jobs',
    summary: 'How far a piece of long work is, and its report.',
    effect: 'reads',
    input: GetJob,
    output: Job,
    run: getJob,
  }),
  partyOperation({
    name: 'list-jobs',
    room: 'jobs',
    summary: 'Your long work, newest first.',
    effect: 'reads',
    input: ListJobs,
    output: JobList,
    run: listJobs,
  }),
  partyOperation({
    name: 'cancel-job',
    room: 'jobs',
    summary: 'Ask a piece of long work to stop; what it has done stays.',
    effect: 'writes',
    input: CancelJob,
    output: Job,
    run: cancelJob,
  }),
];
