import { LIMITS } from './limits.ts';
import { fail, ok, type Result } from './result.ts';

/** What people type, by rules that need no library, so that a device keeps them too. The schemas say the same (schema.ts). */

/** Whole characters, and no control characters beside line breaks and tabs. */
export const wellFormed = (text: string): boolean =>
  text.isWellFormed() && !/\p{Cc}/u.test(text.replaceAll(/[\n\r\t]/g, ''));

/** Characters that turn the direction of what stands around them (UAX 9), so that one name could pass for another. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/u;
/** Something that can be seen: a letter, a digit, a sign. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const SENTENCES = {
  empty: 'Write something here.',
  long: (most: number) => `Keep it under ${most} characters.`,
  odd: 'This has characters that cannot be kept.',
  unseen: 'Write something that can be seen.',
} as const;

export const fitsOneLine = (text: string): boolean =>
  wellFormed(text) && !/[\n\r\t]/.test(text) && !TURNING.test(text);

export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** One line of text as it is kept: trimmed, NFC, no control characters. */
export function readLine(given: string, most: number = LIMITS.lineChars): Result<string> {
  const trimmed = given.trim();
  if (trimmed === '') return unfit(SENTENCES.empty);
  if (trimmed.length > most) return unfit(SENTENCES.long(most));
  const line = trimmed.normalize('NFC');
  if (!fitsOneLine(line)) return unfit(SENTENCES.odd);
  return isVisible(line) ? ok(line) : unfit(SENTENCES.unseen);
}

/** Longer text as it is kept: NFC, line breaks allowed. */
export function readText(given: string): Result<string> {
  if (given.length > LIMITS.textChars) return unfit(SENTENCES.long(LIMITS.textChars));
  const text = given.normalize('NFC');
  return wellFormed(text) ? ok(text) : unfit(SENTENCES.odd);
}

function unfit(sentence: string): Result<never> {
  return fail('value-unfit', sentence, 'Correct it and try again.');
}
