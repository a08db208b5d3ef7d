import { choosing as en } from './en/choosing.ts';

/** Words that only the form of a rule loads, since the first page has no room for them; else as `t`. */
export const choosing: typeof en = en;
