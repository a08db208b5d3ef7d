import type { SearchIndex } from './search-index.ts';
import { stem, type Word, wordsOf } from './words.ts';

/** Most words of a query that count. */
const MOST_WORDS = 24;
/** Weight of a word that no category knows: a brand, a town. The rarest known word weighs about 9. */
const UNKNOWN = 1.5;
/** A word after "for", "with", "near" counts this much. */
const ASIDE = 0.6;

/** Under these wider words the taxonomy keeps much of what people ask for with the narrower one. */
const WIDER = new Map([
  ...['dog', 'puppy', 'cat', 'kitten', 'rabbit', 'hamster'].map((animal) => [animal, 'pet'] as const),
  ...['garden', 'patio', 'terrace', 'balcony'].map((place) => [place, 'outdoor'] as const),
]);

/** A word of a query, as the index knows it. */
interface Term {
  readonly typed: readonly string[];
  /** Number of the stem in the index, -1 when no category knows it. */
  readonly stem: number;
  readonly weight: number;
  readonly place: 'head' | 'inside' | 'aside';
}

/** One way to understand what was typed. */
export interface Query {
  readonly terms: readonly Term[];
  /** Known stem -> its last term. */
  readonly places: ReadonlyMap<number, number>;
  /** Weight of all different words. */
  readonly total: number;
  /** Known stem -> categories that some label calls by it. */
  readonly called: ReadonlyMap<number, ReadonlySet<number>>;
}

/** The words of a query, and the ways to understand them. */
export function queriesOf(index: SearchIndex, text: string): { words: readonly Word[]; queries: Query[] } {
  const words = wordsOf(text).slice(0, MOST_WORDS);
  return { words, queries: variantsOf(index, words).map((parts) => queryOf(index, termsOf(index, parts))) };
}

function queryOf(index: SearchIndex, terms: readonly Term[]): Query {
  const places = new Map<number, number>();
  for (const [at, term] of terms.entries()) if (term.stem >= 0) places.set(term.stem, at);
  const different = terms.filter((term, at) => term.stem < 0 || places.get(term.stem) === at);
  const total = different.reduce((sum, term) => sum + term.weight, 0);
  const called = new Map<number, ReadonlySet<number>>();
  for (const number of places.keys()) {
    called.set(
      number,
      new Set(Array.from(labelsWith(index, number), (label) => index.labelNode[label] ?? 0)),
    );
  }
  return { terms, places, total, called };
}

/** Labels in which a stem occurs. */
export function labelsWith(index: SearchIndex, number: number): Uint16Array {
  return index.uses.subarray(index.usesAt[number] ?? 0, index.usesAt[number + 1] ?? 0);
}

/** One or more words of the query, meant as one stem. */
interface Part {
  readonly typed: readonly string[];
  readonly stem: string;
  readonly main: boolean;
}

/**
 * The query as typed; with neighbours joined where that makes a known word ("lawn mower"); with unknown words split
 * ("gardenchair"); with wider words ("dog bed" is a pet bed, "garden chair" an outdoor chair).
 */
function variantsOf(index: SearchIndex, words: readonly Word[]): Part[][] {
  const typed: Part[] = words.map((word) => ({ ...word, typed: [word.typed] }));
  const variants = [typed];
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    const joined = next && stem(word.typed + next.typed);
    if (!next || !joined || !index.stems.has(joined)) continue;
    const main = word.main && next.main;
    variants.push(typed.toSpliced(at, 2, { typed: [word.typed, next.typed], stem: joined, main }));
  }
  const split = typed.flatMap((part) => (index.stems.has(part.stem) ? [part] : splitPart(index, part)));
  if (split.length > typed.length) variants.push(split);
  if (typed.some((part) => WIDER.has(part.stem))) {
    variants.push(typed.map((part) => ({ ...part, stem: WIDER.get(part.stem) ?? part.stem })));
  }
  return variants;
}

/** The split with the longest first half whose halves are both known. */
function splitPart(index: SearchIndex, part: Part): Part[] {
  const [word = ''] = part.typed;
  for (let at = word.length - 3; at >= 3; at--) {
    const halves = [stem(word.slice(0, at)), stem(word.slice(at))];
    if (halves.every((half) => index.stems.has(half))) return halves.map((half) => ({ ...part, stem: half }));
  }
  return [part];
}

function termsOf(index: SearchIndex, parts: readonly Part[]): Term[] {
  const terms = parts.map((part) => {
    const number = index.stems.get(part.stem) ?? -1;
    const weight = (number < 0 ? UNKNOWN : (index.weight[number] ?? 0)) * (part.main ? 1 : ASIDE);
    return { typed: part.typed, stem: number, weight, main: part.main };
  });
  const known = terms.some((term) => term.main && term.stem >= 0);
  const head = terms.findLastIndex((term) => term.stem >= 0 && (term.main || !known));
  return terms.map(({ main, ...term }, at) => ({
    ...term,
    place: at === head ? 'head' : main ? 'inside' : 'aside',
  }));
}
