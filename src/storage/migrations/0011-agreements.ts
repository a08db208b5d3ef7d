import type { ColumnTypes } from '../migrate.ts';

/** The buyer's tickets: leave to say, under a one-use key, how an agreement went, and where to say it. */
export const agreements = ({ text }: ColumnTypes): readonly string[] => [
  `create table tickets (home_id ${text} not null, rel ${text} not null, document ${text},
    market_host ${text} not null, market_inbox ${text} not null, primary key (home_id, rel))`,
];
