import { narrow, placesNamed, searchName } from './find-places.ts';
import { type PlaceHint, type PlaceSearch, type PlaceSpan, placeLimits } from './model.ts';
import { keyOfSpelling, spellingOf } from './names.ts';
import { isFunctionWord, isOrdinary } from './ordinary-words.ts';
import { areasNamed, fits, type Lookup, type Qualifier, qualifierOf, regionsNamed } from './qualifiers.ts';

/** A word of the sentence. `stops` when a comma or the like follows, over which no name runs on. */
type Word = { readonly text: string; readonly spelling: string; readonly stops: boolean };

/** A state of this name is not read out of 'Paris New York' when a city of this size bears it too. */
const CITY = 50_000;

/**
 * Finds the longest names of places, countries and states in a sentence cut into words. Punctuation may hang on a
 * word ('Ghent,') or be a word of its own. Spans do not overlap and come in order. A country or state that follows
 * ('Ghent, Kentucky') belongs to the span; its code only counts in capitals ('Springfield IL').
 */
export function scanNames(lookup: Lookup, tokens: readonly string[], hint: PlaceHint): PlaceSpan[] {
  const words = tokens.slice(0, placeLimits.sentenceWords).map(wordOf);
  const shouted = !words.some((word) => /\p{Ll}/u.test(word.text));
  const reader: Reader = { ...lookup, words, shouted, hint };
  const spans: PlaceSpan[] = [];
  for (let from = 0; from < words.length; ) {
    const span = spanAt(reader, from);
    if (span !== undefined) spans.push(span);
    from = span?.to ?? from + 1;
  }
  return spans;
}

function wordOf(text: string): Word {
  const short = text.length > placeLimits.nameLength ? '' : text;
  const possessive = /^(.*\p{L})['’]s(\P{L}*)$/u.exec(short);
  const bare = possessive === null ? short : `${possessive[1]}${possessive[2]}`;
  return { text, spelling: spellingOf(bare), stops: /[,;:!?)\]]$/u.test(text) };
}

type Reader = Lookup & {
  readonly words: readonly Word[];
  readonly shouted: boolean;
  readonly hint: PlaceHint;
};

function spanAt(reader: Reader, from: number): PlaceSpan | undefined {
  const { store, words, shouted, hint } = reader;
  for (const { to, spelling } of runsFrom(reader, from)) {
    const capital = words.slice(from, to).some((word) => /\p{Lu}/u.test(word.text));
    // 'us' is not the country: a name as short as that is one only in capitals.
    const code = /^(?:the )?[a-z]{1,2}$/u.test(spelling);
    if (code && (!capital || shouted)) continue;
    const isArea = areasNamed(reader, spelling).length > 0 || regionsNamed(reader, spelling).length > 0;
    if (!isArea && (isFunctionWord(spelling) || !store.isName(keyOfSpelling(spelling)))) continue;
    const ordinary = isOrdinary(spelling) && !(code && isArea);
    const qualified = ordinary && !capital ? undefined : withQualifiers(reader, to, spelling);
    const search = qualified?.search ?? searchName(reader, spelling, hint);
    const end = qualified?.to ?? to;
    return {
      ...search,
      from,
      to: end,
      text: textOf(words.slice(from, end)),
      ordinaryWord: !qualified && ordinary,
    };
  }
  return undefined;
}

function textOf(words: readonly Word[]): string {
  const text = words.map((word) => word.text).join(' ');
  const end = text.includes('(') ? /[^\p{L}\p{M}\p{N})]+$/u : /[^\p{L}\p{M}\p{N}]+$/u;
  return text.replace(end, '');
}

/** The runs of words that could be one name, longest first: they end in a word and cross no stop. */
function runsFrom({ store, regions, words }: Reader, from: number): { to: number; spelling: string }[] {
  const runs: { to: number; spelling: string }[] = [];
  let spelling = '';
  for (let at = from; at < words.length && at < from + 2 * placeLimits.nameWords; at += 1) {
    const word = words[at];
    if (word === undefined || (at === from && !/\p{L}|\p{N}/u.test(word.spelling))) break;
    if (word.spelling !== '') {
      spelling = spelling === '' ? word.spelling : `${spelling} ${word.spelling}`;
      if (/\p{L}/u.test(spelling)) runs.unshift({ to: at + 1, spelling });
      const key = keyOfSpelling(spelling);
      if (!store.goesOn(key) && !regions.beginnings.has(key)) break;
    }
    if (word.stops) break;
  }
  return runs;
}

/** Reads what follows a name as narrowing it; undefined when nothing does. */
function withQualifiers(
  reader: Reader,
  after: number,
  name: string,
): { search: PlaceSearch; to: number } | undefined {
  const places = placesNamed(reader, name);
  const qualifiers: Qualifier[] = [];
  let to = after;
  while (places.length > 0) {
    const next = qualifierAt(reader, to);
    if (next === undefined) break;
    const holds = places.some((place) => [...qualifiers, next.qualifier].every((one) => fits(place, one)));
    // 'a Sandwich in Turkey' and 'Paris New York' do not say where the first is.
    if (!holds && (next.after === 'in' || (next.after === '' && isCity(reader, next.spelling)))) break;
    qualifiers.push(next.qualifier);
    to = next.to;
    if (!holds) break;
  }
  return qualifiers.length === 0 ? undefined : { search: narrow(places, name, qualifiers, reader.hint), to };
}

type Following = { qualifier: Qualifier; to: number; spelling: string; after: ',' | 'in' | '' };

/** The country or state at a position, after a comma or bracket, after 'in', or right away. */
function qualifierAt(reader: Reader, at: number): Following | undefined {
  const { words, shouted } = reader;
  const joiner = words[at]?.text ?? '';
  const mark = joiner === ',' || joiner === '(';
  const after = mark || words[at - 1]?.stops === true ? ',' : joiner === 'in' ? 'in' : '';
  for (const { to, spelling } of runsFrom(reader, mark || after === 'in' ? at + 1 : at)) {
    const isCode = spelling.replaceAll(' ', '').length <= 3;
    const capitals = words.slice(at, to).every((word) => !/\p{Ll}/u.test(word.text));
    if (isCode && (!capitals || shouted)) continue;
    const qualifier = qualifierOf(reader, spelling);
    const bracket = words[to]?.text === ')' ? 1 : 0;
    if (qualifier !== undefined) return { qualifier, to: to + bracket, spelling, after };
  }
  return undefined;
}

function isCity(lookup: Lookup, spelling: string): boolean {
  return placesNamed(lookup, spelling).some((place) => place.population >= CITY);
}
