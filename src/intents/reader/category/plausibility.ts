import type { SearchHit } from '../../../categories/index.ts';
import type { ReaderSources } from '../model.ts';
import { isFramed } from './services.ts';

/** What kind of want the words around a search hit make. */
interface Setting {
  /** The sentence, plain. */
  readonly plain: string;
  readonly isWork: boolean;
  /** Services that the sentence asks for by verb and object. */
  readonly services: readonly string[];
}

/** From here a search hit says all of the words. */
export const EXACT = 0.9;
/** A thing is unlikely to be meant where work is asked for. */
const THING_FOR_WORK = 0.45;
/** A service that has a name of its own is unlikely where that name is not said. */
const UNSAID = 0.6;
/** Categories that somebody described are the ones that people mean by plain words. */
const CURATED = 1.04;
/** Those for animals, babies, toys and trades are meant only when something says so. */
const SPECIAL = 0.88;

const SPECIALS: readonly { readonly prefixes: readonly string[]; readonly words: RegExp }[] = [
  {
    prefixes: ['ap'],
    words:
      /\b(?:pets?|dogs?|cats?|pupp|kitten|horse|bird|fish|aquari|rabbit|hamster|guinea|parrot|reptile|chicken|hen)/,
  },
  {
    prefixes: ['bt', 'fr-1'],
    words:
      /\b(?:bab(?:y|ies)|toddler|newborn|infant|child|kids?\b|nursery|son\b|daughter|twins|months? old|cots?\b|cribs?\b|pram|stroller|buggy|pushchair|napp(?:y|ies)|diaper)/,
  },
  { prefixes: ['aa-1-2', 'aa-8-2'], words: /\b(?:bab(?:y|ies)|toddler|newborn|infant|months? old)/ },
  { prefixes: ['aa-1-7'], words: /\b(?:maternity|pregnan|nursing)/ },
  { prefixes: ['aa-1-1'], words: /\b(?:sports?|running|gym|training|fitness|yoga|cycling|jogging)/ },
  {
    prefixes: ['tg-5'],
    words:
      /\b(?:toys?|play|dolls?|kids?|child|toddler|year[- ]old|son\b|daughter|nephew|niece|lego|playmobil|train)/,
  },
  {
    prefixes: ['ae-2-2'],
    words: /\b(?:collect|scale|miniature|model|vintage|antique|cards?|coins?|stamps?|figur)/,
  },
  {
    prefixes: ['bi', 'pa', 'na', 'ma', 'gc'],
    words:
      /\b(?:business|industrial|professional|restaurant|shop|factory|medical|lab|dental|safety|work\b|retail|hotel|gift card|adult)/,
  },
  { prefixes: ['fr-15'], words: /\b(?:outdoors?|garden|patio|balcony|terrace|camping)/ },
  { prefixes: ['sg-4-5'], words: /\b(?:horse|pony|riding|equestrian|saddle)/ },
  { prefixes: ['rc'], words: /\b(?:church|prayer|religious|wedding|ceremon|baptism|communion)/ },
];

/** Alone these do not tell one service from another. */
const GENERIC =
  /^(?:help|care|lessons?|service|services|repairs?|work|teacher|tutor|course|cleaning|cleaner|fix|sitting|learn|teach)$/;

/** How likely people mean a category by the words that found it, as a factor of its score. */
export function plausibility(
  categories: ReaderSources['categories'],
  hit: SearchHit,
  { plain, isWork, services }: Setting,
): number {
  const category = categories.get(hit.id);
  if (category === undefined) return 0;
  const thing = isWork && category.kind === 'goods' ? THING_FOR_WORK : 1;
  const isSaid = hit.score >= EXACT && hit.matched.some((word) => !GENERIC.test(word));
  const isUnnamed = isFramed(hit.id) && !services.includes(hit.id) && !isSaid;
  const unnamed = isUnnamed ? UNSAID : 1;
  const special = SPECIALS.find(({ prefixes }) =>
    prefixes.some((prefix) => hit.id === prefix || hit.id.startsWith(`${prefix}-`)),
  );
  const unsaid = special !== undefined && !special.words.test(plain) ? SPECIAL : 1;
  return thing * unnamed * unsaid * (isCurated(categories, hit.id) ? CURATED : 1);
}

/** Whether somebody described it, with the words that people use. */
export function isCurated(categories: ReaderSources['categories'], id: string): boolean {
  return (categories.get(id)?.synonyms.length ?? 0) > 0;
}
