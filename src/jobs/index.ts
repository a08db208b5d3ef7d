export { interruptJobs } from './interrupt-jobs.ts';
export { Job, type JobDeps, JobReport, JobState, type Progress } from './model.ts';
export { operations } from './operations.ts';
export { type RunningJobs, runningJobs } from './running.ts';
export { startJob } from './start-job.ts';
