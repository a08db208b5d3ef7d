/** A part of a sentence, in UTF-16 units, `to` not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A sentence while it is being read. `plain` has the length of `text`, so that one place means the same in both: it is
 * lower case, without accents, with one kind of quote, dash and space, and what has been understood is blanked out.
 */
export interface Sentence {
  readonly text: string;
  readonly plain: string;
}

/** Stands in `plain` for every character that a reader has already understood; no pattern runs over it. */
export const TAKEN = '\u0001';

/** Pattern source: the end of the sentence or of a clause, or something already understood. */
export const CLAUSE_END = `(?=\\s*(?:$|[,;:!?()${TAKEN}]|\\.(?!\\d)|- ))`;

export function openSentence(text: string): Sentence {
  const units = Array.from({ length: text.length }, (_, at) => plainUnit(text[at] ?? ''));
  return { text, plain: units.join('') };
}

const SAME: ReadonlyMap<string, string> = new Map([
  ...[...'’‘`´'].map((quote) => [quote, "'"] as const),
  ...[...'–—‒−‐‑'].map((dash) => [dash, '-'] as const),
  ...[...'\u00a0\u202f\u2009\t\n\r'].map((space) => [space, ' '] as const),
  ['×', 'x'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
]);

function plainUnit(unit: string): string {
  if (unit < '\u0080' && unit >= ' ') return unit.toLowerCase();
  const lower = unit.toLowerCase()[0] ?? unit;
  return SAME.get(lower) ?? lower.normalize('NFD')[0] ?? lower;
}

/** The sentence with these parts taken out of what is still to be read. */
export function without(sentence: Sentence, spans: readonly Span[]): Sentence {
  if (spans.length === 0) return sentence;
  const units = [...spans].reduce(
    (plain, { from, to }) => plain.slice(0, from) + TAKEN.repeat(to - from) + plain.slice(to),
    sentence.plain,
  );
  return { text: sentence.text, plain: units };
}

/** Where a match of a pattern stands, or one of its named groups. */
export function spanOf(match: RegExpMatchArray, group?: string): Span {
  const [from, to] =
    group === undefined ? (match.indices?.[0] ?? [0, 0]) : (match.indices?.groups?.[group] ?? [0, 0]);
  return { from, to };
}

/** A pattern over plain text that is tried everywhere. */
export function pattern(source: string): RegExp {
  return new RegExp(source, 'dg');
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Spans that do not overlap: the earliest first, the longest of those that begin together. */
export function apart<T extends Span>(spans: readonly T[]): T[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: T[] = [];
  for (const span of sorted) if (!kept.some((other) => overlaps(other, span))) kept.push(span);
  return kept;
}

/** Whether a part of the sentence has a capital in it. */
export function hasCapital(sentence: Sentence, { from, to }: Span): boolean {
  return /\p{Lu}/u.test(sentence.text.slice(from, to));
}
