import type { z } from 'zod';
import { SENTENCES } from './text.ts';

/**
 * What does not fit a schema that has no sentence of its own for it, as somebody reads it who filled in a form. Of what only a
 * program can get wrong, nothing: then the schema's library says it.
 */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeInWords(issue.expected, issue.input);
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    default:
      return undefined;
  }
}

/** A field that nobody filled in, or in which no number stands: JSON has null for it. */
function typeInWords(expected: string, input: unknown): string | undefined {
  if (expected === 'int') return 'Write a whole number.';
  if (expected === 'number' && (input === undefined || input === null)) return 'Write a number.';
  return input === undefined ? 'This is missing.' : undefined;
}

function tooSmall(origin: string, least: number): string {
  if (origin === 'number' || origin === 'int') return `It must be at least ${least}.`;
  if (origin !== 'string') return least === 1 ? 'Choose at least one.' : `Choose at least ${least}.`;
  return least === 1 ? SENTENCES.empty : `Write at least ${least} characters.`;
}

function tooBig(origin: string, most: number): string {
  if (origin === 'number' || origin === 'int') return `It must be at most ${most}.`;
  return origin === 'string' ? `Write at most ${most} characters.` : `Choose at most ${most}.`;
}
