import type { ColumnTypes } from '../migrate.ts';

/** Long work with its progress and its report. */
export const jobs = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table jobs (home_id ${text} not null, id ${text} not null, kind ${text} not null, state ${text} not null,
    done ${whole} not null, total ${whole}, started_at ${whole} not null, told_at ${whole} not null,
    ended_at ${whole}, report ${text}, problem ${text}, primary key (home_id, id))`,
  `create index jobs_by_start on jobs (home_id, started_at)`,
  `create index jobs_by_state on jobs (state)`,
];
