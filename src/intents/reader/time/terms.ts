import { apart, pattern, type Sentence } from '../sentence.ts';
import type { DateContext, DateTerm } from './term.ts';
import { READERS } from './term-patterns.ts';

const PATTERNS = READERS.map(([source, read]) => ({
  regex: pattern(`(?<![a-z0-9])${source}(?![a-z0-9])`),
  read,
}));

/** All words that may name days, in order, without overlaps. */
export function dateTerms(sentence: Sentence, context: DateContext): DateTerm[] {
  const found = PATTERNS.flatMap(({ regex, read }) =>
    [...sentence.plain.matchAll(regex)].flatMap((match): DateTerm[] => {
      const read_ = read(match.groups ?? {}, context);
      return read_ ? [{ ...read_, from: match.index, to: match.index + match[0].length }] : [];
    }),
  );
  return apart(found);
}
