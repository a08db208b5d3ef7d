import type { Amount } from '../../../kernel/amount.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { asksForWork } from '../category/services.ts';
import { COUNT, readCount } from '../numbers.ts';
import { CLAUSE_END, pattern, type Sentence, type Span, TAKEN } from '../sentence.ts';
import { DURATION, readDuration } from './durations.ts';

/** What is given instead of money, or a budget in hours of one's own time or in favours. */
interface Barter {
  readonly give?: Amount & { readonly what: string };
  readonly budget?: Amount;
  readonly spans: readonly Span[];
}

const REST = `(?<what>[^,;:.!?()${TAKEN}]+?)`;
const WILL =
  "(?:can|could|will|would|'ll|'d|am (?:happy|willing|glad) to|would be (?:happy|glad) to|may|want to|like to|would like to)";
const I = "(?:i|we|my (?:wife|husband|partner|son|daughter))(?: ?'m)?";
const IN_RETURN =
  '(?:in (?:return|exchange|trade)|as (?:a )?payment|as (?:a )?thank you|instead of (?:money|cash|paying))';
const GIVES =
  '(?:give|offer|trade|swap|exchange|barter|provide|do|bring|pay(?: (?:you|it|back))?(?: with| in)?|repay(?: you)?(?: with)?|return|lend|make|bake|cook|teach|mow|walk|fix|repair|help|paint|babysit|clean|build|write|play|sew|knit|translate|iron|water|feed|mind|look after|take care of|drive)';
const STOPS = `(?: (?:${IN_RETURN}|for it|for that|back|please|if|because|and i|and we|or i|or pay|or \\d|so|but|instead|around|near|anytime|any time|(?:for|to) (?:some|any)(?:one|body)|(?:for|to) whoever|who)\\b|${CLAUSE_END})`;
const TIME = `(?<time>${DURATION})`;

/** A budget of my own time: "up to 2 hours of my time", "I can pay with 3 hours". */
const OWN_TIME = [
  pattern(
    `(?:(?:up to|max\\.?|maximum|at most|no more than|not more than|for|about|around|in (?:return|exchange) for|worth|${I} (?:${WILL} )?(?:give|pay|offer|spend)(?: with| up to)?)(?: of)? )*(?<![a-z0-9])${TIME} (?:of|from) (?:my|our) (?:own )?(?:free |spare )?(?:time|work|labou?r)(?: ${IN_RETURN})?\\b`,
  ),
  pattern(`${I} (?:${WILL} )?pay (?:with |in )?(?:up to )?${TIME}(?! of| per|\\w)`),
];

/** What somebody gives, told by how the sentence says so. */
const GIFTS = [
  // a trade of one thing for another: what stands first is given
  pattern(
    `\\b(?:swap|trade|exchange)(?:ping|ing)? (?<what>(?:my|our|an?|some|\\d+) [^,;:.!?()${TAKEN}]+?)(?= for (?:an?|your|some|one|any)\\b)`,
  ),
  pattern(`${IN_RETURN} for (?:(?:some|my|our) (?=[a-z]))?${REST}${STOPS}`),
  pattern(
    `\\b(?:swap|trade|exchange|barter)(?:ped|ping|d|ing)?(?: it| this)? (?:for|against) ${REST}${STOPS}`,
  ),
  pattern(
    `${IN_RETURN},? ?${I} ?(?:${WILL} )?(?:gladly |happily |also )?(?<what>${GIVES}\\b[^,;:.!?()${TAKEN}]*?)${STOPS}`,
  ),
  pattern(
    `${I} ?(?:${WILL} )?(?:gladly |happily |also )?(?<what>${GIVES}\\b[^,;:.!?()${TAKEN}]*?) ${IN_RETURN}\\b`,
  ),
  pattern(
    `\\b${I} ?(?:${WILL} )?(?:gladly |happily |also )?(?:give|offer|trade|swap|exchange|barter|pay(?: (?:you|it|back))?(?: with| in)|repay(?: you)?(?: with)?)(?: you| back)? ${REST}(?: ${IN_RETURN})?${STOPS}`,
  ),
  pattern(
    `\\b${I} ?(?:${WILL} )?(?:gladly |happily |also )?(?<what>${GIVES} (?:you|your|with your)\\b[^,;:.!?()${TAKEN}]*?)${STOPS}`,
  ),
  pattern(
    `(?<=^|[,;:.!?()${TAKEN}-] ?|\\b(?:for|offering|against) )(?:i offer |offering |offer |we offer |for |and )?(?<what>(?:[^,;:.!?()${TAKEN}-]|(?<=[a-z])-(?=[a-z]))+?) ${IN_RETURN}\\b`,
  ),
  pattern(
    `(?:^|[,;.] ?)(?:can |will |happy to |willing to )?(?:offer|give|giving|trade|swap|repay(?: with)?|pay (?:with|in)) (?!me\\b|up\\b|away\\b)${REST}${STOPS}`,
  ),
  pattern(`\\bagainst (?<what>${DURATION} of [^,;:.!?()${TAKEN}]+?)${STOPS}`),
  pattern(`\\b(?:offering|pa(?:id|ying|yment) (?:with|in)|payment:|in return:|in exchange:) ${REST}${STOPS}`),
  pattern(
    `(?<!(?:some(?:one|body)|any(?:one|body)|help|helper|student|person|need|looking|er|tutor) )\\bfor (?<what>${DURATION} of (?!my\\b|our\\b|your\\b|the\\b|driving\\b|use\\b)[^,;:.!?()${TAKEN}]+?)${STOPS}`,
  ),
];
/** Only where work is asked for: "for a bottle of wine". */
const TREATS = [
  pattern(
    `(?<=[,;] ?)(?<what>(?:an?|some|two|three) [^,;:.!?()${TAKEN}]+?) for (?:you|your (?:help|trouble|effort|time))\\b`,
  ),
  pattern(
    `\\bfor (?<what>(?:an?|my|some|two|three) (?:homemade|home-made|home made|crate|bottle|case|basket|jar|bag|box|cake|home-baked|self-made|dozen|tray)\\b[^,;:.!?()${TAKEN}]*?)${STOPS}`,
  ),
];

const FAVOUR = pattern(
  `\\b(?:(?:in (?:return|exchange) )?(?:for|as) (?:a|one|some) favou?rs?|(?:a )?favou?r for (?:a )?favou?r|(?:i|we)(?:'ll| will| would)? owe you (?:a favou?r|one)|(?:do|return) (?:you )?(?:a|the) favou?r|(?:an?|one) favou?r ${IN_RETURN})\\b`,
);

/** Reads what is offered instead of money; undefined when nothing is. Money must have been taken out before. */
export function readBarter(sentence: Sentence): Barter | undefined {
  return ownTime(sentence) ?? gift(sentence) ?? favour(sentence);
}

function ownTime({ plain }: Sentence): Barter | undefined {
  for (const match of OWN_TIME.flatMap((regex) => [...plain.matchAll(regex)])) {
    const minutes = readDuration(match.groups?.time ?? '');
    if (minutes === undefined || minutes === 0n) continue;
    const span = { from: match.index, to: match.index + match[0].length };
    return { budget: { unit: 'hours', value: minutes.toString() }, spans: [span] };
  }
  return undefined;
}

function favour({ plain }: Sentence): Barter | undefined {
  for (const match of plain.matchAll(FAVOUR)) {
    const span = { from: match.index, to: match.index + match[0].length };
    return { budget: { unit: 'favour', value: '1' }, spans: [span] };
  }
  return undefined;
}

function gift(sentence: Sentence): Barter | undefined {
  const forms = asksForWork(sentence.plain) ? [...GIFTS, ...TREATS] : GIFTS;
  for (const match of forms.flatMap((regex) => [...sentence.plain.matchAll(regex)])) {
    const [from, to] = match.indices?.groups?.what ?? [0, 0];
    const give = giveOf(sentence, { from, to });
    if (give)
      return { ...give, spans: [{ from: match.index, to: Math.max(to, match.index + match[0].length) }] };
  }
  return undefined;
}

/** Words before what is given: "I will bake", "can give you". */
const LEADS =
  /^(?:no money but )?(?:(?:i|we) )?(?:can |will |could |would |'ll |happy to |willing to )?(?:(?:make|bake|cook|sew|knit|build|lend|give|offer|trade|swap|exchange|barter|provide|bring|do|pay(?: (?:you|it|back))?(?: with| in)?|repay(?: you)?(?: with)?|return)(?: you| back)? )?/;
const TRAILING =
  /(?: (?:in return|in exchange|for it|back|please|instead|too|from (?:my|our) [^,]*|plus|and|with|or|(?:that|which|who) [^,]*))+$/;
const UNSPECIFIC = /^(?:an?|one|some|any|the)? ?(?:big|small|good|nice|little|return)? ?favou?rs?$/;
const ANYTHING =
  /^(?:something|anything|a hand|it|that|this|money|cash|a fair price|a good price|well|time|whatever[^,]*|something nice|it .*|.* home)$/;
const WORK =
  /\b(?:lessons?|help|repairs?|work|tutoring|conversation|classes|coaching|translations?|massages?|haircuts?|lifts?|rides?|babysitting|cleaning|cooking|baking|gardening|painting|ironing|mowing|sewing|knitting|driving|teaching|coding|carpentry|plumbing)$|\b(?:lessons?|help|work|tutoring) (?:in|with|on|for|of)\b/;
const VERB = new RegExp(`^${GIVES}\\b`);
const ONLY_TIME = new RegExp(`^(?:up to )?${DURATION}$`);
const HOURS_OF = new RegExp(`^(?:up to |about |around |max )?(${DURATION})(?: worth)?(?: of | )(?!per\\b)`);
const COUNTED = new RegExp(`^(?:about )?(${COUNT}) (?!hours?|minutes?)`);

/** What the words say is given: hours of some work, a named favour, or goods. */
function giveOf(sentence: Sentence, span: Span): Omit<Barter, 'spans'> | undefined {
  let plain = sentence.plain.slice(span.from, span.to);
  let from = span.from;
  const lead = /^ */.exec(plain)?.[0].concat(LEADS.exec(plain.trimStart())?.[0] ?? '') ?? '';
  from += lead.length;
  plain = plain.slice(lead.length).replace(TRAILING, '').trimEnd();
  if (UNSPECIFIC.test(plain)) return { budget: { unit: 'favour', value: '1' } };
  if (plain.length < 2 || ANYTHING.test(plain) || plain.includes(TAKEN)) return undefined;
  if (ONLY_TIME.test(plain)) {
    const minutes = readDuration(plain.replace(/^up to /, ''));
    return minutes ? { budget: { unit: 'hours', value: minutes.toString() } } : undefined;
  }
  const what = (cut = 0) =>
    sentence.text
      .slice(from + cut, from + plain.length)
      .trim()
      .slice(0, LIMITS.lineChars);
  const hours = HOURS_OF.exec(plain);
  const minutes = hours && readDuration(hours[1] ?? '');
  if (hours && minutes)
    return { give: { unit: 'hours', value: minutes.toString(), what: what(hours[0].length) } };
  if (VERB.test(plain)) return { give: { unit: 'favour', value: '1', what: what() } };
  if (WORK.test(plain)) return { give: { unit: 'favour', value: '1', what: what() } };
  const count = COUNTED.exec(plain)?.[1];
  const pieces = (count && readCount(count)) || 1;
  return { give: { unit: 'goods', value: String(pieces), what: what() } };
}
