import { en, type Messages } from './en.ts';

/** Every word the pages say. A second language is a second object of the same type. */
export const t: Messages = en;

export const LOCALE = 'en-GB';
