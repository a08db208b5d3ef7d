import { giving as en } from './en/giving.ts';

/** Words that only the page of a relationship loads, since the first page has no room for them; else as `t`. */
export const giving: typeof en = en;
