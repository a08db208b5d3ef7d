import type { ReleaseRow, Rule, RuleStep, RuleWhy } from '../../api/shapes.ts';
import { formatDay, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

export type NamedThing = RuleStep['gives'][number];

export const keyOf = ({ kind, value }: NamedThing): string => `${kind} ${value}`;

/** What a thing that a rule names is called. */
export type LabelOf = (thing: NamedThing) => string;

export function categoryLabel(category: string): string {
  const names: Readonly<Record<string, string>> = t.rules.wholeOf;
  return names[category] ?? category;
}

/** As it stands within a sentence: "Phone" is "phone", and "VAT number" stays. */
function within(thing: NamedThing, label: string): string {
  const isName = thing.kind === 'property' && /^.[\p{Ll}-]/u.test(label);
  return isName ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function sayWhen({ kind, atLeast = 1, of }: RuleStep['when']): string {
  if (kind === 'kept-promises') return t.rules.whenSaid[kind](atLeast, of === 'shop');
  return t.rules.whenSaid[kind](atLeast);
}

/** One step as a sentence. */
export function sayStep(step: RuleStep, labelOf: LabelOf): string {
  const until = step.untilDays === undefined ? t.rules.untilEnd : t.rules.untilDays(step.untilDays);
  const things = step.gives.map((it) => within(it, labelOf(it)));
  const what = things.length === 0 ? t.rules.nothingYet : formatList(things);
  const parts = [
    t.rules.stepSaid(sayWhen(step.when), what, until),
    step.times === undefined ? undefined : t.rules.andTimes(step.times),
    step.howOften === 'each-version' ? t.rules.andEachVersion : undefined,
    step.alsoUnasked ? t.rules.andUnasked : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join(', ')}.`;
}

export function sayWhom(rule: Pick<Rule, 'whom' | 'purpose'>): string {
  const { kind, relationships = [] } = rule.whom;
  const whom = kind === 'relationships' ? t.rules.someWhom(relationships.length) : t.rules.whom[kind];
  return t.rules.forWhom(whom, rule.purpose);
}

/** Until when something is given, and how often it may be opened. */
export function sayEnd({ until, times }: Pick<ReleaseRow, 'until' | 'times'>): string {
  const end = until === undefined ? t.rules.noEnd : formatDay(until);
  return times === undefined ? end : t.rules.untilOften(end, times);
}

export function sayWhy({ step, fact, atLeast }: RuleWhy): string {
  const said = t.rules.whySaid[fact];
  return t.rules.whyStep(step, typeof said === 'string' ? said : said(atLeast));
}
