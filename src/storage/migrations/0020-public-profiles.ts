import type { ColumnTypes } from '../migrate.ts';

/** What parties that wish to be found say of themselves to everybody. */
export const publicProfiles = ({ text, whole }: ColumnTypes): readonly string[] => [
  `create table public_profiles (home_id ${text} not null, name ${text} not null, display_name ${text} not null,
    about ${text} not null, is_with_storefronts ${whole} not null, markets ${text} not null,
    identity ${text} not null, is_found ${whole} not null, document ${text} not null, changed_at ${whole} not null,
    primary key (home_id))`,
];
