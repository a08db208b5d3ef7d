import { z } from 'zod';
import type { JsonObject } from '../kernel/json.ts';
import { id, instant } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { RunningJobs } from './running.ts';

export const JobState = z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']);
export type JobState = z.infer<typeof JobState>;

/** What long work leaves behind: rows that say what became of each piece, and how many of each there were. */
export const JobReport = z.object({
  /** The first 1,000; `leftOut` says how many more there were. */
  rows: z.array(z.record(z.string(), z.json())),
  leftOut: z.int().min(0),
  counts: z.record(z.string(), z.int()),
});
export type JobReport = z.infer<typeof JobReport>;

export const Job = z.object({
  id,
  kind: z.string(),
  state: JobState,
  done: z.int().min(0),
  /** Absent while it is not known. */
  total: z.int().min(0).optional(),
  /** Pieces per second, so far. */
  rate: z.int().min(0),
  startedAt: instant,
  endedAt: instant.optional(),
  problem: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional(),
  report: JobReport.optional(),
});
export type Job = z.infer<typeof Job>;

export interface JobRow {
  home_id: string;
  id: string;
  kind: string;
  state: JobState;
  done: number;
  total: number | null;
  started_at: number;
  told_at: number;
  ended_at: number | null;
  /** A JobReport as JSON. */
  report: string | null;
  /** A Failure's code, message and next, as JSON. */
  problem: string | null;
}

export interface JobTables {
  jobs: JobRow;
}

/** What the work tells while it runs, and learns. */
export interface Progress {
  /** How far it is; saved a few times a second. Lets others have their turn. */
  tell(done: number, total?: number): Promise<void>;
  /** A row of the report; those beyond the limit are only counted. */
  note(row: JsonObject): void;
  /** Adds to one of the report's counts. */
  count(name: string, by?: number): void;
  /** True once somebody wants it to stop: it then ends at its next whole step, keeping what is done. */
  isStopping(): boolean;
}

export interface JobDeps extends BaseDeps {
  readonly jobs: RunningJobs;
}
