import { z } from 'zod';
import { parseAmount, unitScale } from './amount.ts';
import { isCivilDate } from './civil.ts';
import { LAST_INSTANT } from './clock.ts';
import { LIMITS } from './limits.ts';
import { fitsOneLine, isVisible, SENTENCES, wellFormed } from './text.ts';

/** One line of text a person typed: trimmed, NFC, no control characters. */
export const line = z
  .string()
  .trim()
  .min(1, SENTENCES.empty)
  .max(LIMITS.lineChars, SENTENCES.long(LIMITS.lineChars))
  .normalize('NFC')
  .refine(fitsOneLine, SENTENCES.odd)
  .refine(isVisible, SENTENCES.unseen);

/** Longer text, line breaks allowed. */
export const text = z
  .string()
  .max(LIMITS.textChars, SENTENCES.long(LIMITS.textChars))
  .normalize('NFC')
  .refine(wellFormed, SENTENCES.odd);

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
