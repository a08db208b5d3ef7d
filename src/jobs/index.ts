export { interruptJobs } from './interrupt-jobs.ts';
export { Job, type JobDeps, type Progress } from './model.ts';
export { operations } from './operations.ts';
export { runningJobs } from './running.ts';
export { startJob } from './start-job.ts';
