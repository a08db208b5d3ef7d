import { sharing as en } from './en/sharing.ts';

/** Words that only the pages of what is shared load, since the first page has no room for them; else as `t`. */
export const sharing: typeof en = en;
