import { setBack as en } from './en/set-back.ts';

/** Words that only come with what unlocks, since the first page has no room for them; else as `t`. */
export const setBack: typeof en = en;
