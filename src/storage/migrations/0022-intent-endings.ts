import type { ColumnTypes } from '../migrate.ts';

/** Why a want ended when nobody closed it. */
export const intentEndings = ({ text }: ColumnTypes): readonly string[] => [
  `alter table intents add column end_reason ${text}`,
  `create index intents_by_market on intents (market, state)`,
  `create index storefronts_by_market on storefronts (market)`,
];
