import { addDays, type CivilDate } from '../../../kernel/civil.ts';
import { CLAUSE_END, pattern, type Sentence, type Span, without } from '../sentence.ts';
import { dateInWords, nextMonthsDay, type Period } from './calendar.ts';
import type { DateContext, DateTerm } from './term.ts';
import { dateTerms } from './terms.ts';

export interface Window {
  readonly from?: CivilDate;
  readonly until?: CivilDate;
}

/** What a sentence says about time. */
export interface Timing {
  /** Ways to read it, the likelier first; more than one, or none, is asked about. */
  readonly windows: readonly Window[];
  /** How to read it when a thing is wanted and not a service: "for Saturday" is then until Saturday. */
  readonly forGoods?: Window;
  readonly spans: readonly Span[];
}

type Sense = 'and' | 'before' | 'by' | 'after' | 'from' | 'for' | 'around' | 'on' | 'none';

/** What a day is wanted for: "before my daughter's birthday on". */
const EVENT =
  "(?:my|our|his|her|their|the|a|an) (?:[a-z']+ ){0,3}(?:birthday|party|wedding|anniversary|graduation|baptism|christening|communion|housewarming|exams?|holidays?|vacation|departure|trip|visit|arrival|move)(?<own> on(?: the)?|,| \\()";

const LEAD: readonly (readonly [RegExp, Sense])[] = [
  [new RegExp(`\\bbefore ${EVENT} ?$`), 'before'],
  [new RegExp(`\\b(?:by|until|for|in time for) ${EVENT} ?$`), 'for'],
  [/\b(?:not|n't|nothing|never) (?:[a-z]+ )?before(?: the)? $/, 'from'],
  [/\b(?:not|n't|no) (?:(?:any )?later than|after)(?: the)? $/, 'by'],
  [/\b(?:on or before|latest(?: by| on)?|due(?: by| on)?|deadline(?: is)?:?) $/, 'by'],
  [/\b(?:before|ahead of|prior to)(?: the)? $/, 'before'],
  [/\b(?:by|until|till?|up to)(?: the)? $/, 'by'],
  [/\b(?:after|later than|past)(?: the)? $/, 'after'],
  [/\b(?:from|(?:starting|starts|beginning)(?: from| on| in)?|as of|since)(?: the)? $/, 'from'],
  [/\b(?:in time for|ready for|for)(?: the)? $/, 'for'],
  [/\band(?: the)? $/, 'and'],
  [/\b(?:around|about|approximately)(?: the)? $/, 'around'],
  [/\b(?:on|in|at|during|over|this|within|between)(?: the)? $/, 'on'],
];
/** "a Sunday roast" is no day. */
const OF_THAT_DAY = /\b(?:an?|my|our|your|their) $/;
const NOT = /\b(?:not|except|but|but not|no)(?: (?:on|in|at|this))?(?: the)? $/;
const AT_THE_LATEST = /^,? ?(?:at the (?:very )?latest|latest\b|or (?:earlier|sooner|before)\b|deadline)/;
const OR_LATER = /^,? ?(?:or later|onwards?|and later|or after)\b/;
/** A time that comes again and again, or of the day, names no date; it is only taken out of the way. */
const NO_DATE = pattern(
  [
    '\\b(?:every|each) (?:other )?(?:second )?(?:day|week|month|morning|evening|afternoon|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?: (?:morning|afternoon|evening|night)s?)?\\b',
    '\\b(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:mornings|afternoons|evenings|nights)|(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|week-?ends)\\b',
    '\\b(?:once|twice|three times|[2-7]x|[2-7] times) (?:a|per) (?:day|week|month|year)\\b',
    "(?:\\b(?:at|from|around|until|till|after|before|by|about) )?(?<![\\d.,/:-])\\d{1,2}(?:\\.\\d\\d ?(?:h|am|pm|uhr)|:\\d\\d ?(?:h|am|pm|a\\.m\\.|p\\.m\\.)?| ?(?:am|pm|a\\.m\\.|p\\.m\\.|o'clock))(?![a-z0-9])(?: ?(?:-|to|until|till|and) ?\\d{1,2}(?::\\d\\d)? ?(?:h|am|pm)?(?![a-z0-9]))?",
    '\\b(?:at|from|until|till) \\d{1,2} ?h(?:\\d\\d)?(?: ?(?:-|to|until|till) ?\\d{1,2} ?h(?:\\d\\d)?)?(?![a-z0-9])',
    '\\b(?:as soon as possible|a\\.?s\\.?a\\.?p\\b\\.?|urgent(?:ly)?|quickly|soon)\\b',
  ].join('|'),
);

/** Reads when it is wanted; undefined when no time is stated. Only dates: hours of the day are passed over. */
export function readTiming(sentence: Sentence, context: DateContext): Timing | undefined {
  const silent = noDates(sentence);
  const rest = without(sentence, silent);
  const said = dateTerms(rest, context).flatMap((term) => sayingOf(rest, term, context.today) ?? []);
  const [first, second] = said;
  if (first === undefined) return undefined;
  const joined = second && join(rest, first, second);
  const spans = said.map(({ from, to }) => ({ from, to }));
  if (joined) return { windows: [joined], spans };
  const windows = first.windows;
  return { windows, spans, ...(first.forGoods && { forGoods: first.forGoods }) };
}

/** Times that are no dates: "every Monday", "at 18:30", "as soon as possible". */
export function noDates(sentence: Sentence): Span[] {
  return [...sentence.plain.matchAll(NO_DATE)]
    .filter((match) => !/^\d{1,2}\.\d\d ?$/.test(match[0]))
    .map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

interface Saying extends Span {
  readonly term: DateTerm;
  readonly sense: Sense;
  readonly windows: readonly Window[];
  readonly forGoods?: Window;
}

function sayingOf(sentence: Sentence, term: DateTerm, today: CivilDate): Saying | undefined {
  const left = sentence.plain.slice(Math.max(0, term.from - 64), term.from);
  const right = sentence.plain.slice(term.to, term.to + 24);
  if (NOT.test(left) && !/\bnot (?:on|in) the $/.test(left)) return undefined;
  if (OF_THAT_DAY.test(left)) return undefined;
  const lead = LEAD.flatMap(([regex, sense]) => {
    const match = regex.exec(left);
    return match ? [{ sense, length: (match.groups?.own?.trimStart() ?? match[0]).length }] : [];
  })[0];
  const latest = AT_THE_LATEST.exec(right)?.[0].length ?? 0;
  const later = OR_LATER.exec(right)?.[0].length ?? 0;
  const sense: Sense = latest > 0 ? 'by' : later > 0 ? 'from' : (lead?.sense ?? 'none');
  const isAlone = sense === 'none' && term.isFraction === false && isApart(left, right);
  if (term.isWeak && !isAlone && (sense === 'none' || !isPlausible(term, sense, right))) return undefined;
  if (term.kind === 'vague' && !['before', 'by', 'on'].includes(sense)) return undefined;
  const span = { from: term.from - (lead?.length ?? 0), to: term.to + Math.max(latest, later) };
  const windowsIn = (ahead: number) =>
    term.readings
      .map(({ from, until }) => ({ from: addDays(from, ahead), until: addDays(until, ahead) }))
      .flatMap((period) => windowsOf(term, period, sense))
      .filter(({ until }) => until === undefined || until >= today);
  const soon = windowsIn(0);
  // "before the weekend", said on a Saturday, is before the next one.
  const windows = soon.length === 0 && term.kind === 'weekend' ? windowsIn(7) : soon;
  const isDay = term.kind === 'day' || term.kind === 'holiday';
  const goods =
    sense === 'for' && isDay ? term.readings.map((period) => forGoods(term, period))[0] : undefined;
  return { ...span, term, sense, windows, ...(goods && { forGoods: goods }) };
}

/** "May" and "March" are also verbs, "a Christmas tree" is no date, and "for easter eggs" none either. */
function isPlausible(term: DateTerm, sense: Sense, right: string): boolean {
  if (term.kind === 'month' && !term.isFixed) return sense !== 'for' || CLAUSE.test(right);
  if (term.kind !== 'holiday' && term.kind !== 'vague') return true;
  const goesOn =
    /^ (?:for|in|at|please|if|and|or|but|near|so|as|with|because|to|on|we|i|under|max|up|thanks)\b/.test(
      right,
    );
  const isEvent =
    /^ (?:tree|lights?|dinner|party|market|decorations?|cards?|eggs?|presents?|gifts?|costumes?|jumpers?|sweaters?|lunch|cake|pudding|cookies|stockings?|baubles|wreath|crackers|ornaments?)\b/.test(
      right,
    );
  return (
    CLAUSE.test(right) || goesOn || (!isEvent && (sense === 'before' || sense === 'by' || sense === 'after'))
  );
}

const CLAUSE = new RegExp(`^${CLAUSE_END}`);

function isApart(left: string, right: string): boolean {
  return /[,;(] ?$/.test(left) && CLAUSE.test(right);
}

function windowsOf(term: DateTerm, period: Period, sense: Sense): Window[] {
  const { from, until } = period;
  if (term.kind === 'within') return from === until ? [{ from, until }] : [{ until }];
  if (sense === 'before') return [{ until: term.kind === 'end' ? until : addDays(from, -1) }];
  if (sense === 'after') return [{ from: addDays(until, 1) }];
  if (term.isRange && sense === 'from') return [{ from, until }];
  if (sense === 'from') return [{ from }];
  if (sense === 'by') return by(term, period);
  if (sense === 'around')
    return [
      { from, until },
      { from: addDays(from, -3), until: addDays(until, 3) },
    ];
  return [term.isThis ? { until } : { from, until }];
}

/** "by March" may be before it or in it; "by the weekend" is by its first day. */
function by(term: DateTerm, { from, until }: Period): Window[] {
  if (term.kind === 'weekend') return [{ until: from }];
  const isLong = (term.kind === 'month' || term.kind === 'week') && !term.isThis;
  return isLong ? [{ until: addDays(from, -1) }, { until }] : [{ until }];
}

/** A thing "for Saturday" is wanted until that day; one for Christmas, before it. */
function forGoods(term: DateTerm, { from, until }: Period): Window {
  if (term.kind === 'holiday') return { until: addDays(from, -1) };
  return { until };
}

/** "from Monday to Friday", "between the 3rd and the 10th", "after the 1st but before the 10th". */
function join(sentence: Sentence, first: Saying, second: Saying): Window | undefined {
  const between = sentence.plain.slice(first.term.to, second.term.from);
  const lead = sentence.plain.slice(Math.max(0, first.term.from - 14), first.term.from);
  const [start, end] = [first.windows[0], second.windows[0]];
  if (!start || !end || first.windows.length > 1) return undefined;
  const [from, until] = [first.term.readings[0]?.from, second.term.readings[0]?.until];
  const isRange =
    /^ ?(?:-|to) ?(?:the )?$/.test(between) ||
    (/\bbetween(?: the)? $/.test(lead) && /^ ?and (?:the )?$/.test(between)) ||
    (first.sense === 'from' && /^ ?(?:till|until|through|up to) (?:the )?$/.test(between));
  if (isRange || (/^ or $/.test(between) && isNextDay(from, until))) return ordered(from, until, second.term);
  const opens = start.until === undefined ? start.from : undefined;
  const ends = end.from === undefined ? end.until : undefined;
  return ordered(opens, ends, second.term);
}

function isNextDay(one: CivilDate | undefined, other: CivilDate | undefined): boolean {
  return one !== undefined && other === addDays(one, 1);
}

/** From one day until another; "Friday" and "the 10th" are then the first such day after it. */
function ordered(
  from: CivilDate | undefined,
  until: CivilDate | undefined,
  { isWeekday, isMonthday }: DateTerm,
): Window | undefined {
  if (from === undefined || until === undefined) return undefined;
  const isEarly = until < from;
  const later = isWeekday ? addDays(until, 7) : nextMonthsDay(from, Number(until.slice(8)));
  const end = isEarly && (isWeekday || isMonthday) ? (later ?? until) : until;
  return from <= end ? { from, until: end } : undefined;
}

/** A window for a person: 'until 24 December 2026'. */
export function windowInWords({ from, until }: Window): string {
  if (from !== undefined && from === until) return `on ${dateInWords(from)}`;
  if (from !== undefined && until !== undefined)
    return `from ${dateInWords(from)} until ${dateInWords(until)}`;
  if (until !== undefined) return `until ${dateInWords(until)}`;
  return from === undefined ? '' : `from ${dateInWords(from)}`;
}
