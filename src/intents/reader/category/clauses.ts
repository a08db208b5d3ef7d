import { TAKEN } from '../sentence.ts';

/** Words to search the categories for, and how much they count. */
export interface Query {
  readonly text: string;
  readonly weight: number;
}

/** How much a clause that does not begin the sentence counts, one that only qualifies ("for my daughter"), and all. */
const LATER = 0.8;
const ASIDE = 0.55;
const WHOLE = 0.92;
/** The words as they were typed, when brand and colour are taken out of the others. */
const AS_TYPED = 1.03;
/** Clauses that are searched for by themselves. */
const CLAUSES = 3;

/** Words after which a phrase only qualifies what stood before. */
export const TURN = /\b(?:for|with|to|without|from|in|on|near|at|by|because|as|like)\b/;

const WANTS =
  /\b(?:need|needs|want|wants|looking for|look for|search(?:ing)? for|hunting for|in search of|after|would like|buy|buying|get|find|wanted|got|interested in|selling|sell me|lend me|borrow|rent)\b:? (?=[a-z0-9])/g;
const QUALIFIES =
  /^\W*(?:for|with|without|because|as|since|so|it|that|which|who|must|should|not|no|nothing|if|but|and|please|preferably|ideally|i am|i'm|we are|my budget|budget|thanks?|can be|could be|doesn't|don't|does not|has to|needs to|in|near|to be|my|our|we|i)\b/;

const STOPS = new RegExp(`[,.;:!?()"${TAKEN}]+| - `);

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
    .split(STOPS)
    .map((clause) => clause.replaceAll(/\s+/g, ' ').trim())
    .filter(
      (clause) =>
        /[a-z]{2}/.test(clause) &&
        !/^(?:and|or|in|on|at|for|near|from|the|a|an|to|by|under|please|thanks?|of|with|around|about|is|it|up to|max)$/.test(
          clause,
        ),
    );
}

/**
 * What to search for: the clauses, what follows "I need", what stands before "for" and "with", the whole.
 * @param typed the same sentence with brand, colour and material in it
 */
export function queriesOf(plain: string, typed: string): Query[] {
  const queries = queriesOfClauses(clausesOf(plain));
  const [first = ''] = clausesOf(typed);
  const all = queries.some(({ text }) => text === first)
    ? queries
    : [...queries, { text: first, weight: AS_TYPED }];
  return all.filter(({ text }, at) => text !== '' && all.findIndex((other) => other.text === text) === at);
}

function queriesOfClauses(clauses: readonly string[]): Query[] {
  const [first] = clauses;
  if (first === undefined) return [];
  const weightOf = (clause: string, at: number) =>
    QUALIFIES.test(clause) && clauses.length > 1 ? ASIDE : at === 0 ? 1 : LATER;
  const queries = clauses.slice(0, CLAUSES).map((text, at) => ({ text, weight: weightOf(text, at) }));
  const wanted = clauses.slice(0, CLAUSES).flatMap((clause): Query[] => {
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
