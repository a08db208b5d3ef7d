import { LIMITS } from '../kernel/limits.ts';
import type { SearchHit } from './model.ts';
import { labelsWith, type Query, queriesOf } from './query.ts';
import type { SearchIndex } from './search-index.ts';
import { above } from './tree.ts';

/** Most hits that one search returns. */
const MOST_HITS = 100;
/** Below this a category is not an answer. */
const LEAST_SCORE = 0.15;
/** A word of a label that the query only says after "for", "with", "near" counts this much as said. */
const ASIDE_SAID = 0.8;
/** A word that only stands in a name above the category, or in another label of it, counts this much. */
const FROM_ELSEWHERE = 0.8;
/** The head of a label counts this much more than a word before it. */
const HEAD = 1.5;
/** Factor of the score by where the label's head stands in the query. */
const HEAD_IS = { head: 1, inside: 0.78, aside: 0.62, absent: 0.4 } as const;
/** Factor when the label's words stand in another order, or apart. */
const SCATTERED = 0.95;
/** Share of the score that names above may take away by saying more than was asked. */
const UNASKED_PATH = 0.04;

/**
 * Ranks categories for a few words. A category is as good as the best of its labels (name, parts of the name,
 * synonyms); a label is good when it says all of the query and nothing else, when what it is (its last word) is what
 * the query asks for, and when the words stand together. Equal input gives equal output.
 * @param limit at most 100
 */
export function searchCategories(index: SearchIndex, text: string, limit: number): SearchHit[] {
  const { words, queries } = queriesOf(index, text.slice(0, LIMITS.sentenceChars));
  const best = new Map<number, Found>();
  for (const query of queries) {
    for (const [node, found] of scoreAll(index, query)) {
      const known = best.get(node);
      if (known === undefined || found.score > known.score) best.set(node, found);
    }
  }
  return [...best]
    .filter(([, found]) => found.score >= LEAST_SCORE)
    .sort(([a, one], [b, other]) => other.score - one.score || a - b)
    .slice(0, Math.max(0, Math.min(limit, MOST_HITS)))
    .map(([node, found]) => ({
      id: index.tree.ids[node] ?? '',
      score: found.score,
      matched: words
        .map((word) => word.typed)
        .filter((typed, at, all) => found.matched.has(typed) && all.indexOf(typed) === at),
    }));
}

interface Found {
  readonly score: number;
  readonly matched: ReadonlySet<string>;
}

function scoreAll(index: SearchIndex, query: Query): Map<number, Found> {
  const labels = new Set<number>();
  for (const stem of query.places.keys()) for (const label of labelsWith(index, stem)) labels.add(label);
  const best = new Map<number, Found>();
  for (const label of labels) {
    const node = index.labelNode[label] ?? 0;
    const found = scoreInPlace(index, node, scoreLabel(index, label, query), query);
    if (found.score > (best.get(node)?.score ?? 0)) best.set(node, found);
  }
  return best;
}

/** Adds to a label's score what other labels of its category and the names above say, and rounds. */
function scoreInPlace(index: SearchIndex, node: number, label: LabelScore, query: Query): Found {
  const path = above(index.tree, node);
  const stems = [...label.stems];
  let asked = label.asked;
  let explained = 0;
  for (const [stem, nodes] of query.called) {
    if (label.stems.has(stem)) continue;
    const inPath = path.some((position) => nodes.has(position));
    if (!inPath && !nodes.has(node)) continue;
    asked += (query.terms[query.places.get(stem) ?? 0]?.weight ?? 0) * FROM_ELSEWHERE;
    if (inPath) explained += index.weight[stem] ?? 0;
    stems.push(stem);
  }
  const unasked = Math.max(0, (index.pathWeight[node] ?? 0) - explained);
  const pathFactor = 1 - UNASKED_PATH * (unasked / (unasked + 40));
  const score = ((label.said + asked / query.total) / 2) * label.factor * pathFactor;
  return {
    score: Math.round(score * 10_000) / 10_000,
    matched: new Set(stems.flatMap((stem) => query.terms[query.places.get(stem) ?? 0]?.typed ?? [])),
  };
}

interface LabelScore {
  /** Share of the label that the query says. */
  readonly said: number;
  /** Weight of the query that the label says. */
  readonly asked: number;
  readonly factor: number;
  readonly stems: Set<number>;
}

function scoreLabel(index: SearchIndex, label: number, query: Query): LabelScore {
  const { places, terms } = query;
  const from = index.labelAt[label] ?? 0;
  const to = index.labelAt[label + 1] ?? 0;
  const stems = new Set<number>();
  let said = 0;
  let whole = 0;
  let asked = 0;
  let together = true;
  let last: number | undefined;
  for (let i = from; i < to; i++) {
    const number = index.labelStems[i] ?? 0;
    const weight = (index.weight[number] ?? 0) * (i === to - 1 ? HEAD : 1);
    whole += weight;
    const place = places.get(number);
    if (place === undefined) continue;
    said += weight * (terms[place]?.place === 'aside' ? ASIDE_SAID : 1);
    if (!stems.has(number)) asked += terms[place]?.weight ?? 0;
    stems.add(number);
    together &&= last === undefined || place === last + 1;
    last = place;
  }
  const headPlace = places.get(index.labelStems[to - 1] ?? 0);
  const head = headPlace === undefined ? HEAD_IS.absent : HEAD_IS[terms[headPlace]?.place ?? 'aside'];
  const factor = head * (together ? 1 : SCATTERED) * (index.labelWorth[label] ?? 0);
  return { said: said / whole, asked, factor, stems };
}
