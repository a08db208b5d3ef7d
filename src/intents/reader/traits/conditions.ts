import { pattern, type Sentence, type Span } from '../sentence.ts';

/** schema.org itemCondition, in our words. */
type Condition = 'new' | 'used' | 'refurbished';

const USED =
  'second[- ]?hand|2nd[- ]?hand|pre-?owned|pre-?loved|gently used|lightly used|barely used|hardly used|used|thrift(?:ed)?|ex-display';
const REFURBISHED = 'refurb(?:ished)?|reconditioned|renewed';
const NEW =
  'brand[- ]?new|new in (?:the )?box|unused|unopened|never (?:used|worn|opened)|factory new|bnib|new';
const NO =
  "(?:not? (?:necessarily |really )?(?:a |an )?|n't (?:have to |need to |necessarily )?(?:be )?(?:a |an )?|no need (?:for it )?to be |instead of (?:a )?|rather than (?:a )?|without |needn't be )";
const OR = '(?: or |, or |/| / )';
const OTHERS = [
  [NEW, `${USED}|${REFURBISHED}`],
  [USED, `${NEW}|${REFURBISHED}`],
  [REFURBISHED, `${NEW}|${USED}`],
];
/** "new or used" leaves it open. */
const EITHER = pattern(`\\b(?:${OTHERS.map(([one, other]) => `(?:${one})${OR}(?:${other})`).join('|')})\\b`);
const LIKE_NEW = '(?:as good as|good as|like|as|nearly|almost|virtually|mint|near) new';
const SAID = pattern(
  `(?:\\b|(?=n't))(?<no>${NO})?\\b(?:(?<likenew>${LIKE_NEW})|(?<refurbished>${REFURBISHED})|(?<new>${NEW})|(?<used>${USED}))(?: (?:one|ones|only|condition))?(?![a-z])`,
);
/** "used to play" is a verb and "used by" no condition; a new year, or something new of mine, is not what I want. */
const NOT_USED = /^ (?:to\b|by\b|for\b|as\b|in\b|up\b|it\b|with\b)/;
const NOT_NEW =
  /^ (?:year|to\b|baby|born|home\b|house|flat|apartment|place\b|job|school|office|kitchen|bathroom|bedroom|garden|student|hobby|puppy|kitten|dog\b|cat\b|member|start|here|at\b|in town|age\b|balance|it\b|they\b|price|costs?\b)/;
const OF_MINE =
  /\b(?:my|our|his|her|their|your|for (?:a|the)|with (?:a|the)|in (?:a|the)|is|am|i'm|are|we're|something|anything|what's|nothing|need|needs) $/;

/** Reads new, used or refurbished; undefined when neither is stated plainly. */
export function readCondition(sentence: Sentence): { condition?: Condition; spans: Span[] } {
  const either = [...sentence.plain.matchAll(EITHER)];
  const spans = either.map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const said = new Set<Condition>();
  for (const match of sentence.plain.matchAll(SAID)) {
    const span = { from: match.index, to: match.index + match[0].length };
    if (spans.some((other) => other.from <= span.from && span.to <= other.to)) continue;
    const condition = conditionOf(sentence, match);
    if (condition === undefined) continue;
    spans.push(span);
    if (condition !== 'not') said.add(condition);
  }
  const [condition, ...more] = said;
  if (said.has('used') && !said.has('refurbished')) return { condition: 'used', spans };
  return condition && more.length === 0 && either.length === 0 ? { condition, spans } : { spans };
}

function conditionOf({ plain }: Sentence, match: RegExpMatchArray): Condition | 'not' | undefined {
  const groups = match.groups ?? {};
  const start = match.index ?? 0;
  const left = plain.slice(Math.max(0, start - 24), start);
  const right = plain.slice(start + match[0].length);
  if (groups.used === 'used' && (NOT_USED.test(right) || /\b(?:be|i|we|get|got|never) $/.test(left)))
    return undefined;
  if (groups.new === 'new' && (NOT_NEW.test(right) || OF_MINE.test(left))) return undefined;
  if (groups.no !== undefined) return 'not';
  if (groups.likenew !== undefined || groups.used !== undefined) return 'used';
  return groups.refurbished === undefined ? 'new' : 'refurbished';
}
