import type { SearchHit } from '../../../categories/index.ts';
import type { ReaderSources } from '../model.ts';
import type { Sentence, Span } from '../sentence.ts';
import { queriesOf } from './clauses.ts';
import { namesIn } from './everyday.ts';
import { EXACT, isCurated, plausibility } from './plausibility.ts';
import { asksForWork, servicesIn } from './services.ts';
import { respelled } from './spelling.ts';
import { type Candidate, isUnsure, UNSURE } from './sureness.ts';

interface Proposal {
  readonly id: string;
  readonly score: number;
  /** Parts of the sentence that speak for it. */
  readonly spans: readonly Span[];
}

export interface CategoryReading {
  /** Best first, at most three. */
  readonly proposals: readonly Proposal[];
  /** Whether the words fit several quite different things, or hardly anything. */
  readonly asks: boolean;
}

type Source = ReaderSources['categories'];

const MOST = 3;
const HITS = 12;
/** Score of the service that verb and object name, and of the next ones. */
const FRAME = [0.9, 0.62, 0.5];
/** What is found beside an everyday name is worth less. */
const UNNAMED = 0.9;
/** A word that had to be respelled first counts this much. */
const RESPELLED = 0.9;
const LEAST = 0.15;

/**
 * Reads what is wanted from what the other readers have left of a sentence.
 * @param whole the same with brand, colour and material, which are sometimes part of a name: "Nintendo Switch"
 */
export function readCategory(rest: Sentence, whole: Sentence, source: Source): CategoryReading {
  const categories = remembered(source);
  const services = servicesIn(rest.plain);
  const setting = { plain: whole.plain, isWork: asksForWork(rest.plain), services };
  const queries = queriesOf(rest.plain, whole.plain);
  const hits = queries.flatMap(({ text, weight }) =>
    searchSpelled(categories, text).map((hit) => ({ hit, text, weight })),
  );
  const exact = hits.filter(({ hit, weight }) => weight >= 1 && hit.score >= EXACT && hit.matched.length > 1);
  const names = (setting.isWork ? [] : namesIn(queries)).filter(
    ({ word }) => !exact.some(({ hit }) => endsIn(word, hit.matched)),
  );
  const byService = setting.isWork ? services.slice(0, MOST) : [];
  const candidates: Candidate[] = [
    ...byService.map((id, at) => ({ id, score: FRAME[at] ?? 0, words: [] })),
    ...hits.map(({ hit, text, weight }) => {
      const isBeside = names.some(({ word }) => !isCurated(categories, hit.id) || !endsIn(word, hit.matched));
      const factor = weight * plausibility(categories, hit, setting) * (isBeside ? UNNAMED : 1);
      return {
        id: hit.id,
        score: hit.score * factor,
        words: hit.matched,
        found: { text, hit },
      };
    }),
    ...names.flatMap(({ ids, score, word }) => ids.map((id) => ({ id, score, words: [word] }))),
  ];
  const ranked = rank(candidates);
  const proposals = generalFirst(ranked, categories)
    .slice(0, MOST)
    .map(({ id, score, words }) => ({
      id,
      score: rounded(score),
      spans: spansOf(rest.plain, words),
    }));
  return { proposals, asks: isUnsure(categories, ranked, names) };
}

/** The same categories, each described once. */
function remembered(source: Source): Source {
  const known = new Map<string, ReturnType<Source['get']>>();
  const get: Source['get'] = (id) => {
    if (!known.has(id)) known.set(id, source.get(id));
    return known.get(id);
  };
  return { ...source, get };
}

/** The best of each category, best first. */
function rank(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = best.get(candidate.id);
    if (known === undefined || known.score < candidate.score) best.set(candidate.id, candidate);
  }
  return [...best.values()]
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Whether the words that speak for a category are its own whole name, in the singular or the plural. */
function saysName(categories: Source, { id, words }: Candidate): boolean {
  const name = (categories.get(id)?.name ?? '').toLowerCase().match(/[a-z]+/g) ?? [];
  return name.length > 0 && name.every((part) => words.some((word) => isOneOf(part, word)));
}

function isOneOf(plural: string, word: string): boolean {
  return plural === word || plural === `${word}s` || plural === `${word}es`;
}

/** How close to the best a more general one must be to stand before it. */
const AS_GOOD = 0.05;

/** Nobody who says "a cello" means an acoustic one only: of two that fit as well, the one that is called so comes first. */
function generalFirst(ranked: Candidate[], categories: Source): Candidate[] {
  const [best] = ranked;
  if (!best) return ranked;
  const above = new Set(categories.ancestors(best.id));
  const general = ranked.find(
    (it) => above.has(it.id) && best.score - it.score <= AS_GOOD && saysName(categories, it),
  );
  return general ? [general, ...ranked.filter((it) => it !== general)] : ranked;
}

/** Whether the last word of a name is among some words: what the name is, is then what they are about. */
function endsIn(name: string, words: readonly string[]): boolean {
  return words.includes(name.split(' ').at(-1) ?? '');
}

function rounded(score: number): number {
  return Math.min(1, Math.round(score * 10_000) / 10_000);
}

function searchSpelled(categories: Source, text: string): SearchHit[] {
  const hits = categories.search(text, HITS);
  if ((hits[0]?.score ?? 0) >= UNSURE) return hits;
  const other = respelled(text, (word) => categories.search(word, 1).length > 0);
  if (other === undefined) return hits;
  const guessed = categories.search(other, HITS).map((hit) => ({ ...hit, score: hit.score * RESPELLED }));
  return [...guessed, ...hits];
}

function spansOf(plain: string, words: readonly string[]): Span[] {
  return words.flatMap((word) => {
    const at = plain.search(new RegExp(`(?<![a-z0-9])${word.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u'));
    return at < 0 ? [] : [{ from: at, to: at + word.length }];
  });
}
