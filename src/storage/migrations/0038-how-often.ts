import type { ColumnTypes } from '../migrate.ts';

/** How often something that is given may be opened, and whether the other side has said that it counts. */
export const howOften = ({ whole }: ColumnTypes): readonly string[] => [
  `alter table grants add column times ${whole}`,
  `alter table tier_releases add column times ${whole}`,
  `alter table sealing_keys add column reads ${whole}`,
  // Everybody is told that it is counted here, each at a time of its own.
  `insert into sealing_due (home_id, rel, at) select r.home_id, r.id, null from relationships r
    where r.state in ('active', 'paused') and r.theirs is not null
    and not exists (select 1 from sealing_due d where d.home_id = r.home_id and d.rel = r.id)`,
];
