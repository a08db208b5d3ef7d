import { z } from 'zod';
import { parseAmount, unitScale } from './amount.ts';
import { isCivilDate } from './civil.ts';
import { LAST_INSTANT } from './clock.ts';
import { LIMITS } from './limits.ts';

/** Whole characters, and no control characters beside line breaks and tabs. */
const wellFormed = (text: string): boolean =>
  text.isWellFormed() && !/\p{Cc}/u.test(text.replaceAll(/[\n\r\t]/g, ''));

/** Characters that turn the direction of what stands around them (UAX 9), so that one name could pass for another. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/u;
/** Something that can be seen: a letter, a digit, a sign. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of text a person typed: trimmed, NFC, no control characters. */
export const line = z
  .string()
  .trim()
  .min(1, 'Write something here.')
  .max(LIMITS.lineChars, `Keep it under ${LIMITS.lineChars} characters.`)
  .normalize('NFC')
  .refine(
    (text) => wellFormed(text) && !/[\n\r\t]/.test(text) && !TURNING.test(text),
    'This has characters that cannot be kept.',
  )
  .refine((text) => VISIBLE.test(text), 'Write something that can be seen.');

/** Longer text, line breaks allowed. */
export const text = z
  .string()
  .max(LIMITS.textChars, `Keep it under ${LIMITS.textChars} characters.`)
  .normalize('NFC')
  .refine(wellFormed, 'This has characters that cannot be kept.');

/** Words that somebody looks for. PostgreSQL takes no text with a NUL in it. */
export const words = z.string().max(100).refine(wellFormed, 'This has characters that nothing here has.');

/** An id made by Parley: random base 32 or a hash in base64url. */
export const id = z.string().regex(/^[A-Za-z0-9_:.-]{1,64}$/, 'This is not an id.');

/** Lower-case letters, digits and hyphens; what --as takes and a page's address shows. */
export const handle = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens.');

export const civilDate = z.string().refine(isCivilDate, 'This is not a date that exists; write YYYY-MM-DD.');

export const instant = z.int().min(0).max(LAST_INSTANT);

/** Quantity and unit; the value is a decimal string of smallest units. */
export const amount = z.object({
  unit: z.string().refine((unit) => unitScale(unit) !== undefined, 'This unit is not known.'),
  value: z.string().refine((value) => parseAmount(value).ok, 'This is not a whole number of smallest units.'),
});

/** Rows after a cursor; lists answer `next` when there are more. */
export const page = {
  after: z.string().optional().describe('The `next` of the page before.'),
  limit: z.int().min(1).max(LIMITS.pageRows).default(50),
};

export const nothing = z.object({});
