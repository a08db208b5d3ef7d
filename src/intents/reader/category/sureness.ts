import type { SearchHit } from '../../../categories/index.ts';
import type { ReaderSources } from '../model.ts';
import type { Name } from './everyday.ts';
import { EXACT, isCurated } from './plausibility.ts';

/** A category that may be meant. */
export interface Candidate {
  readonly id: string;
  readonly score: number;
  /** Words of the sentence that speak for it. */
  readonly words: readonly string[];
  /** The search that found it. */
  readonly found?: { readonly text: string; readonly hit: SearchHit };
}

type Source = ReaderSources['categories'];

/** Below this the words hardly fit. */
export const UNSURE = 0.55;
/** From here they fit although one more stands before them. */
const WELL = 0.85;
/** This close another category is as good. */
const CLOSE = 0.95;

/**
 * Unsure when nothing fits well, when a name means several things, or when something quite different fits as well;
 * what somebody described is sure unless another such is as good.
 * @param ranked best first
 */
export function isUnsure(categories: Source, ranked: readonly Candidate[], names: readonly Name[]): boolean {
  const [best, ...others] = ranked;
  if (best === undefined || best.score < UNSURE) return true;
  if (best.score < WELL && isPartial(best, categories)) return true;
  if (names.some(({ ids, score }) => ids.length > 1 && score >= Math.min(1, best.score) * CLOSE)) return true;
  const isNamed = names.some(({ ids, score }) => ids[0] === best.id && score >= best.score);
  const isSure = isNamed || (isCurated(categories, best.id) && best.score >= EXACT);
  return others.some(
    (other) =>
      other.score >= best.score * CLOSE &&
      (!isSure || isCurated(categories, other.id)) &&
      !isAkin(categories, best.id, other.id),
  );
}

/** Whether a word that categories know stands right before the matched ones: "bread" in "bread machine". */
function isPartial({ found }: Candidate, categories: Source): boolean {
  if (found === undefined || found.hit.score >= EXACT) return false;
  const { matched } = found.hit;
  const words = found.text.match(/[a-z]+/g) ?? [];
  return words.some((word, at) => {
    const next = words[at + 1];
    if (next === undefined || matched.includes(word) || !matched.includes(next)) return false;
    return !NO_NOUN.test(word) && categories.search(word, 1).length > 0;
  });
}

/** Before a noun these only praise or size it. */
const NO_NOUN =
  /^(?:set|queen|king|single|small|big|large|tall|old|good|nice|warm|cheap|simple|comfortable|sturdy|light|heavy|strong|modern|classic|vintage|antique|portable|wireless|electric|digital|manual|mini|compact|full|double|single|high|low|long|short|wide|narrow|soft|hard|fresh|organic|local|homemade|solid|safe|fast|quiet|clean|original|beautiful|cute|elegant|basic|professional|beginner|student|kids?|childrens?|adult|mens?|womens?|second|spare|extra)$/;

/** Whether one lies within the other, or both under the same category. */
function isAkin(categories: Source, one: string, other: string): boolean {
  if (categories.isWithin(one, other) || categories.isWithin(other, one)) return true;
  const [parent] = categories.ancestors(one);
  return (
    parent !== undefined && categories.ancestors(parent).length > 0 && categories.isWithin(other, parent)
  );
}
