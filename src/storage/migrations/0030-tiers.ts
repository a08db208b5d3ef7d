import type { ColumnTypes } from '../migrate.ts';

/** Rules of a party's own for what it gives as trust grows, what it never gives, what rules did, and where to look. */
export const tiers = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table tier_rules (home_id ${text} not null, id ${text} not null, content ${text} not null,
    is_on ${whole} not null, made_at ${whole} not null, changed_at ${whole} not null, removed_at ${whole},
    looked_at ${whole}, why_off ${text}, primary key (home_id, id))`,
  `create index tier_rules_on on tier_rules (home_id, is_on)`,
  `create table tier_never (home_id ${text} not null, kind ${text} not null, value ${text} not null,
    primary key (home_id, kind, value))`,
  `create table tier_releases (home_id ${text} not null, id ${text} not null, rule ${text} not null,
    rule_name ${text} not null, step ${whole} not null, rel ${text} not null, item ${text} not null,
    property ${text} not null, label ${text} not null, version ${whole} not null, purpose ${text} not null,
    until_at ${whole}, why ${text} not null, state ${text} not null, at ${whole} not null, given ${text},
    is_replaced ${whole} not null, primary key (home_id, id), unique (home_id, rel, item, version))`,
  `create index tier_releases_by_time on tier_releases (home_id, at, id)`,
  `create index tier_releases_waiting on tier_releases (home_id, rule, state)`,
  `create table tier_due (home_id ${text} not null, rel ${text} not null, since_at ${whole} not null,
    primary key (home_id, rel))`,
  `create index relationships_by_storefront on relationships (home_id, storefront)`,
];
