import type { SearchHit } from '../../categories/index.ts';
import { everydayIn } from './everyday.ts';
import type { ReaderSources } from './model.ts';
import { type Sentence, type Span, TAKEN } from './sentence.ts';
import { asksForWork, isFramed, servicesIn } from './services.ts';
import { respelled } from './spelling.ts';

/** A category that may be meant, with the parts of the sentence that speak for it. */
export interface Proposal {
  readonly id: string;
  readonly score: number;
  readonly spans: readonly Span[];
  /** Whether a word right before the matched ones is known and not among them: "bread" in "bread machine". */
  readonly isPartial?: boolean;
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
/** How much a clause that does not begin the sentence speaks, and one that only qualifies ("for my daughter"). */
const LATER = 0.8;
const ASIDE = 0.55;
const WHOLE = 0.92;
/** The words as they were typed, when brand and colour are taken out of the others. */
const AS_TYPED = 1.03;
/** A thing is unlikely to be meant where work is asked for. */
const THING_FOR_WORK = 0.45;
/** Score of the service that verb and object name, and of the next one. */
const FRAME = [0.9, 0.62, 0.5];
/** An everyday name is as good as this; what else is found beside one is worth less; from here a search hit is exact. */
const NAMED = 0.97;
const UNNAMED = 0.9;
const EXACT = 0.9;
/** A service that has a name of its own is unlikely where that name is not said. */
const UNSAID = 0.6;
/** Categories that somebody described are the ones that people mean by plain words. */
const CURATED = 1.04;
/** Those for animals, babies, toys and trades are meant only when something says so. */
const SPECIAL = 0.88;
/** A word that had to be respelled first counts this much. */
const RESPELLED = 0.9;
const LEAST = 0.15;
/** Below this the words hardly fit, and this close another category is as good. */
const UNSURE = 0.55;
const CLOSE = 0.95;
/** From here the words fit although one more stands before them. */
const WELL = 0.85;

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

/**
 * Reads what is wanted from what the other readers have left of a sentence.
 * @param whole the same with brand, colour and material, which are sometimes part of a name: "Nintendo Switch"
 */
export function readCategory(rest: Sentence, whole: Sentence, categories: Source): CategoryReading {
  const found = new Map<string, Proposal>();
  const add = (id: string, score: number, spans: readonly Span[], isPartial = false) => {
    const known = found.get(id);
    if (known === undefined || known.score < score) found.set(id, { id, score, spans, isPartial });
  };
  const services = servicesIn(rest.plain);
  const isWork = asksForWork(rest.plain);
  if (isWork) for (const [at, id] of services.slice(0, MOST).entries()) add(id, FRAME[at] ?? 0, []);
  const plain = queriesOf(clausesOf(rest.plain));
  const [typed = ''] = clausesOf(whole.plain);
  const queries = plain.some(({ text }) => text === typed)
    ? plain
    : [...plain, { text: typed, weight: AS_TYPED }];
  const named = isWork ? [] : namedIn(queries);
  const hits = queries.flatMap(({ text, weight }) =>
    searchSpelled(categories, text).map((hit) => ({ hit, text, weight })),
  );
  const exact = hits.filter(({ hit, weight }) => weight >= 1 && hit.score >= EXACT && hit.matched.length > 1);
  const names = named.filter(({ word }) => !exact.some(({ hit }) => endsIn(word, hit.matched)));
  for (const { hit, text, weight } of hits) {
    const score = hit.score * weight * plausibility(categories, hit, whole.plain, { isWork, services });
    add(
      hit.id,
      names.some(({ word }) => !isCurated(categories, hit.id) || !endsIn(word, hit.matched))
        ? score * UNNAMED
        : score,
      spansOf(rest.plain, hit.matched),
      isPartial(text, hit, categories),
    );
  }
  for (const { ids, score, word } of names) for (const id of ids) add(id, score, spansOf(rest.plain, [word]));
  const ranked = [...found.values()]
    .filter((it) => it.score >= LEAST)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const proposals = ranked.slice(0, MOST).map((it) => ({ ...it, score: rounded(it.score) }));
  return { proposals, asks: isUnsure(categories, ranked, names) };
}

/** Whether the last word of a name is among some words: what the name is, is then what they are about. */
function endsIn(name: string, words: readonly string[]): boolean {
  return words.includes(name.split(' ').at(-1) ?? '');
}

function rounded(score: number): number {
  return Math.min(1, Math.round(score * 10_000) / 10_000);
}

interface Name {
  readonly ids: readonly string[];
  readonly score: number;
  readonly word: string;
}

const HEAD_ENDS =
  /^(?:$| (?:for|with|to|without|from|in|on|near|at|by|under|below|before|until|of|that|which|who|and|or|but|is|are|please|if|as|so|than|not|no|any|around|about|this|needed|wanted|i|we|my|our|made|built|used|fit|suitable|able|ready|available|delivered|painted|preferably|ideally|big|large|small|old|new|size|max|will|can|should|must)\b)/;
const TURN = /\b(?:for|with|to|without|from|in|on|near|at|by|because|as|like)\b/;
/** Before a name of several things: words that do not tell which. */
const TELLS_NOTHING =
  /^(?:(?:a|an|the|some|any|my|our|one|another|good|nice|old|cheap|small|big|large|decent|simple|quality|quite|very|really|spare|extra|solid|proper|basic|great|cool|looking|i|we|need|want|am|for|after|buy|get|just|please|hello|hi) )*$/;

/** Everyday names that stand where a thing is named, and not before another noun. */
function namedIn(queries: readonly Query[]): Name[] {
  return queries.flatMap(({ text, weight }) =>
    everydayIn(text)
      .filter(({ to }) => HEAD_ENDS.test(text.slice(to)))
      .filter(({ ids, from }) => ids.length === 1 || TELLS_NOTHING.test(text.slice(0, from)))
      .map(({ ids, from, to }) => {
        const isAside = TURN.test(text.slice(0, from));
        return { ids, score: NAMED * weight * (isAside ? ASIDE : 1), word: text.slice(from, to) };
      }),
  );
}

interface Query {
  readonly text: string;
  readonly weight: number;
}

const WANTS =
  /\b(?:need|needs|want|wants|looking for|look for|search(?:ing)? for|hunting for|in search of|after|would like|buy|buying|get|find|wanted|got|interested in|selling|sell me|lend me|borrow|rent)\b:? (?=[a-z0-9])/g;
const QUALIFIES =
  /^\W*(?:for|with|without|because|as|since|so|it|that|which|who|must|should|not|no|nothing|if|but|and|please|preferably|ideally|i am|i'm|we are|my budget|budget|thanks?|can be|could be|doesn't|don't|does not|has to|needs to|in|near|to be|my|our|we|i)\b/;

/** "a bottle of cologne" is cologne. */
const CONTAINER =
  /\b(?:bottles?|jars?|bags?|sacks?|boxe?s?|crates?|packs?|packets?|pairs?|bunch(?:es)?|pieces?|kilos?|kg|lit(?:re|er)s?|rolls?|balls?|tins?|cans?|cases?|tubs?|buckets?|slices?|loaf|loaves|bars?|stacks?|piles?|loads?|couple|bit|lots?|lot|cubic met(?:re|er)s?|dozen|kind|sort|type) of (?:the )?/g;

/** "flour, 2 sacks" is flour. */
const AMOUNT_OF =
  /\b(?:\d+|one|two|three|four|five|six|ten|half a|a) (?:bottles?|jars?|bags?|sacks?|boxe?s?|crates?|packs?|kilos?|kg|lit(?:re|er)s?|rolls?|tins?|cans?|tubs?|buckets?|loaves)(?= ?(?:$|[,.;:!?]))/g;
const MEASURE =
  /\b\d+(?:[.,]\d+)? ?(?:ml|cl|dl|l|kg|gr?|mg|km|cm|mm|m2|m3|m|gb|tb|mb|kw|wh?|v|ah|mah|hz|mp|inch(?:es)?|watts?|volts?|lit(?:re|er)s?|kilos?|grams?|met(?:re|er)s?)\b(?: of )?/g;
const WHOSE = /\b(?:wom[ae]n|m[ae]n|lad(?:y|ies)|gent(?:leman|s)?|unisex)(?:'?s'?)? (?=[a-z])/g;

function clausesOf(plain: string): string[] {
  return plain
    .replaceAll(CONTAINER, '')
    .replaceAll(AMOUNT_OF, '')
    .replaceAll(MEASURE, ' ')
    .replaceAll(WHOSE, '')
    .split(new RegExp(`[,.;:!?()"${TAKEN}]+| - `))
    .map((clause) => clause.replaceAll(/\s+/g, ' ').trim())
    .filter(
      (clause) =>
        /[a-z]{2}/.test(clause) &&
        !/^(?:and|or|in|on|at|for|near|from|the|a|an|to|by|under|please|thanks?|of|with|around|about|is|it|up to|max)$/.test(
          clause,
        ),
    );
}

/** The whole, its first clauses, and what follows "I need", each with its weight. */
function queriesOf(clauses: readonly string[]): Query[] {
  const [first] = clauses;
  if (first === undefined) return [];
  const weightOf = (clause: string, at: number) =>
    QUALIFIES.test(clause) && clauses.length > 1 ? ASIDE : at === 0 ? 1 : LATER;
  const queries = clauses.slice(0, 3).map((text, at) => ({ text, weight: weightOf(text, at) }));
  const wanted = clauses.slice(0, 3).flatMap((clause): Query[] => {
    const last = [...clause.matchAll(WANTS)].at(-1);
    const text = last && clause.slice(last.index + last[0].length);
    return text && text !== clause ? [{ text, weight: 1 }] : [];
  });
  const whole = clauses.length > 1 ? [{ text: clauses.join(' '), weight: WHOLE }] : [];
  const all = [...queries, ...wanted.slice(0, 1), ...whole];
  const conjunct = / and (?:an?|two|three|four|some|\d+) /.exec(first)?.index;
  if (conjunct !== undefined) all.push({ text: first.slice(0, conjunct), weight: 1 });
  const heads = [...wanted.slice(0, 1), ...queries.slice(0, 1)].flatMap(({ text, weight }): Query[] => {
    const head = text.slice(0, TURN.exec(text)?.index ?? 0).trim();
    return head === '' ? [] : [{ text: head, weight }];
  });
  return [...all, ...heads.slice(0, 1)];
}

function searchSpelled(categories: Source, text: string): SearchHit[] {
  const hits = categories.search(text, HITS);
  if ((hits[0]?.score ?? 0) >= UNSURE) return hits;
  const other = respelled(text, (word) => categories.search(word, 1).length > 0);
  if (other === undefined) return hits;
  const guessed = categories.search(other, HITS).map((hit) => ({ ...hit, score: hit.score * RESPELLED }));
  return [...guessed, ...hits];
}

function plausibility(
  categories: Source,
  hit: SearchHit,
  plain: string,
  { isWork, services }: { isWork: boolean; services: readonly string[] },
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

function isPartial(text: string, { matched, score }: SearchHit, categories: Source): boolean {
  if (score >= EXACT || score < UNSURE) return false;
  const words = text.match(/[a-z]+/g) ?? [];
  return words.some((word, at) => {
    const next = words[at + 1];
    if (next === undefined || matched.includes(word) || !matched.includes(next)) return false;
    return !NO_NOUN.test(word) && categories.search(word, 1).length > 0;
  });
}

/** Before a noun these only praise or size it. */
const NO_NOUN =
  /^(?:set|queen|king|single|small|big|large|tall|old|good|nice|warm|cheap|simple|comfortable|sturdy|light|heavy|strong|modern|classic|vintage|antique|portable|wireless|electric|digital|manual|mini|compact|full|double|single|high|low|long|short|wide|narrow|soft|hard|fresh|organic|local|homemade|solid|safe|fast|quiet|clean|original|beautiful|cute|elegant|basic|professional|beginner|student|kids?|childrens?|adult|mens?|womens?|second|spare|extra)$/;

/** Alone these do not tell one service from another. */
const GENERIC =
  /^(?:help|care|lessons?|service|services|repairs?|work|teacher|tutor|course|cleaning|cleaner|fix|sitting|learn|teach)$/;

function isCurated(categories: Source, id: string): boolean {
  return (categories.get(id)?.synonyms.length ?? 0) > 0;
}

/**
 * Unsure when nothing fits well, when a name means several things, or when something quite different fits as well;
 * what somebody described is sure unless another such is as good.
 */
function isUnsure(categories: Source, ranked: readonly Proposal[], names: readonly Name[]): boolean {
  const [best, ...others] = ranked;
  if (best === undefined || best.score < UNSURE) return true;
  if (best.isPartial && best.score < WELL) return true;
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

/** Whether one lies within the other, or both under the same category. */
function isAkin(categories: Source, one: string, other: string): boolean {
  if (categories.isWithin(one, other) || categories.isWithin(other, one)) return true;
  const [parent] = categories.ancestors(one);
  return (
    parent !== undefined && categories.ancestors(parent).length > 0 && categories.isWithin(other, parent)
  );
}

function spansOf(plain: string, words: readonly string[]): Span[] {
  return words.flatMap((word) => {
    const at = plain.search(new RegExp(`(?<![a-z0-9])${word.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u'));
    return at < 0 ? [] : [{ from: at, to: at + word.length }];
  });
}
