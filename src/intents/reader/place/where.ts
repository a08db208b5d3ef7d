import type { PlaceMatch, PlaceSpan } from '../../../places/index.ts';
import type { ReaderContext, ReaderSources } from '../model.ts';
import {
  CLAUSE_END,
  hasCapital,
  overlaps,
  pattern,
  type Sentence,
  type Span,
  spanOf,
  TAKEN,
} from '../sentence.ts';
import { isElsewhere, isTown, type Named } from './towns.ts';

/** What a sentence says about a place. */
export interface Where {
  readonly spans: readonly Span[];
  /** The place that is meant; undefined when it has to be asked. */
  readonly match?: PlaceMatch;
  /** Places that it might be, the likelier first. */
  readonly candidates: readonly PlaceMatch[];
  /** The words that name it, as typed. */
  readonly text: string;
  /** The one country that it lies in, whichever place it is. */
  readonly country?: string;
}

/**
 * Reads the place that is meant; undefined when none is stated.
 * @param others what is a brand, a colour or a material, and so no place
 */
export function readWhere(
  sentence: Sentence,
  others: readonly Span[],
  sources: ReaderSources,
  context: ReaderContext,
): Where | undefined {
  const named = namesIn(sentence, sources, context).filter(
    (it) => !others.some((other) => overlaps(other, it)),
  );
  const towns = withOthers(
    sentence,
    named,
    named.filter((it) => isTown(it, sources, context.country)),
  );
  const strengths = strengthsOf(sentence, towns);
  const meant = towns.filter((_, at) => strengths[at] === Math.max(...strengths));
  const [first, second] = meant;
  if (first === undefined) return unknownTown(sentence, sources);
  const spans = towns.map((it) => ({ from: it.from - leadOf(it.left).length, to: it.to }));
  if (second && !isOnTheWay(sentence, first, second)) {
    const candidates = meant.flatMap((it) => it.span.matches.slice(0, 1));
    return { spans, candidates, text: sentence.text.slice(first.from, second.to), ...countryOf(candidates) };
  }
  return { spans, text: first.span.text, ...decide(first.span, context) };
}

/** A capital right before a name makes it one of a person or a thing: "Miles Davis". */
const SURNAME = /(?<=\p{L}\s)\p{Lu}\p{Ll}+ $/u;
const AFTER_IN = pattern(
  `\\b(?:in|near|around|close to) (?<name>[a-z][a-z'-]{3,}(?: [a-z][a-z'-]+)?)(?:${CLAUSE_END}|(?= (?:for|under|before|by|on|max|this|next|from|until|please|or|and)\\b))`,
);
const LANGUAGE =
  /^(?:english|german|french|dutch|flemish|spanish|italian|portuguese|polish|russian|arabic|turkish|greek|swedish|danish|norwegian|japanese|chinese|swahili|latin|black|white|excellent|mint|perfect|good|great|return|exchange|advance|total|general)$/;

/** "in Kitengela": a name with a capital that no place is known of has to be asked about. */
function unknownTown(sentence: Sentence, { categories }: ReaderSources): Where | undefined {
  for (const match of sentence.plain.matchAll(AFTER_IN)) {
    const span = spanOf(match, 'name');
    const text = sentence.text.slice(span.from, span.to);
    const isName = /^\p{Lu}\p{Ll}/u.test(text) && !LANGUAGE.test(sentence.plain.slice(span.from, span.to));
    if (
      !isName ||
      isElsewhere(sentence.plain.slice(0, span.from)) ||
      (categories.search(text, 1)[0]?.score ?? 0) >= UNLIKELY
    )
      continue;
    return { spans: [{ from: match.index, to: span.to }], candidates: [], text };
  }
  return undefined;
}

/** From here the categories know the word, so that it is no town. */
const UNLIKELY = 0.5;
const JOINED = /^,? ?(?:or|and|\/) ?(?:in |near |around )?$/;

/** "Ghent or Aalst": what is joined to a town is one too. */
function withOthers(sentence: Sentence, named: readonly Named[], towns: readonly Named[]): Named[] {
  const isJoined = (it: Named) =>
    it.isCapital &&
    !it.span.ordinaryWord &&
    towns.some((town) => town.to < it.from && JOINED.test(sentence.plain.slice(town.to, it.from)));
  return named.filter((it) => towns.includes(it) || isJoined(it));
}

function namesIn(sentence: Sentence, { places }: ReaderSources, context: ReaderContext): Named[] {
  const tokens = tokensOf(sentence);
  const { today: _today, ...hint } = context;
  return places
    .scanNames(
      tokens.map((token) => token.text),
      hint,
    )
    .flatMap((span): Named[] => {
      const [first, last] = [tokens[span.from], tokens[span.to - 1]];
      if (!first || !last) return [];
      const part = { from: first.from, to: endOf(sentence, last) };
      const left = sentence.plain.slice(Math.max(0, part.from - 48), part.from);
      const right = sentence.plain.slice(part.to, part.to + 32);
      return [
        {
          ...part,
          span,
          left,
          right,
          isCapital: hasCapital(sentence, part),
          isSurname: SURNAME.test(sentence.text.slice(0, part.from)),
        },
      ];
    });
}

const TOKEN = pattern(`${TAKEN}+|[^ ${TAKEN}]+`);

/** Words between spaces; what was understood already stops every name, as a comma does. */
function tokensOf({ text, plain }: Sentence): (Span & { text: string })[] {
  return [...plain.matchAll(TOKEN)].map((match) => {
    const to = match.index + match[0].length;
    const isTaken = match[0].startsWith(TAKEN);
    return { from: match.index, to, text: isTaken ? ',' : text.slice(match.index, to) };
  });
}

/** Where the last word ends without the comma that hangs on it. */
function endOf(sentence: Sentence, token: Span): number {
  const word = sentence.plain.slice(token.from, token.to);
  return token.to - (/[^a-z0-9)]+$/.exec(word)?.[0].length ?? 0);
}

const LEAD =
  /(?:\b(?:in|near|nearby|around|at|close to|next to|outside(?: of)?|from|of|to|by|via|region|area|the|my|centre|center|central|downtown|greater|north|south|east|west|town of|city of|or|and|between|@|delivered|based|living|live|am|i'm|i|somewhere|anywhere|not too far from|not far from|preferably|ideally|pref) )+$/;

function leadOf(left: string): string {
  return LEAD.exec(left)?.[0] ?? '';
}

/** Names with a word like "near" before them weigh more than bare ones; those joined to one weigh as much. */
function strengthsOf(sentence: Sentence, towns: readonly Named[]): number[] {
  const strengths: number[] = [];
  for (const [at, { left, from, span }] of towns.entries()) {
    const before = towns[at - 1];
    const isJoined = before !== undefined && JOINED.test(sentence.plain.slice(before.to, from));
    const isArea = (span.outcome === 'area' || span.outcome === 'region') && span.matches.length === 0;
    const own = /\b(?:in|near|around|at|of|from|to|outside|between|by) (?:the )?$/.test(leadOf(left)) ? 2 : 1;
    strengths.push(isJoined ? (strengths.at(-1) ?? own) : isArea ? 0.5 : own);
  }
  return strengths;
}

/** "from Ghent to Antwerp" begins in Ghent. */
function isOnTheWay(sentence: Sentence, first: Named, second: Named): boolean {
  return (
    /\bfrom $/.test(first.left) && /^ (?:to|towards) $/.test(sentence.plain.slice(first.to, second.from))
  );
}

/** Without a home, another large place of the name in another country is reason enough to ask. */
const LARGE = 100_000;
const FAR_LESS = 10;
/** In the country of the likeliest, a town of this size is, unless it is far less likely. */
const TOWN = 40_000;
const RATHER_LESS = 20;
/** Countries that are hardly more than the town of their name. */
const CITY_STATES = new Set(['c:LU', 'c:SG', 'c:MC', 'c:SM', 'c:VA', 'c:GI', 'c:HK', 'c:MO', 'c:DJ', 'c:KW']);

function decide(span: PlaceSpan, context: ReaderContext): Pick<Where, 'match' | 'candidates' | 'country'> {
  const { matches } = span;
  const [best] = matches;
  const area = span.areas.find((id) => id.startsWith('c:'));
  if (span.outcome === 'area' && !(area !== undefined && CITY_STATES.has(area))) {
    return { candidates: [], ...(area !== undefined && { country: area.slice(2) }) };
  }
  const isClear = span.outcome === 'clear' || span.outcome === 'area';
  if (best && isClear && !hasRival(span, context)) {
    return { match: best, candidates: matches.slice(0, 1), country: best.place.country };
  }
  const candidates = matches.slice(0, 4);
  return { candidates, ...countryOf(candidates) };
}

function hasRival({ matches, text }: PlaceSpan, { country }: ReaderContext): boolean {
  const [best, ...others] = matches;
  if (best === undefined || /[,(]/.test(text)) return false;
  return others.some(({ place, weight, own }) => {
    if (!own) return false;
    const isSame = place.country === best.place.country;
    if (isSame && place.population >= TOWN) return weight * RATHER_LESS > best.weight;
    return country === undefined && place.population >= LARGE && weight * FAR_LESS > best.weight;
  });
}

function countryOf(candidates: readonly PlaceMatch[]): { country?: string } {
  const countries = new Set(candidates.map(({ place }) => place.country));
  const [country] = countries;
  return countries.size === 1 && country !== undefined ? { country } : {};
}
