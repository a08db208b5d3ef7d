import type { Amount } from '../kernel/amount.ts';
import { amountInWords } from '../kernel/amount-words.ts';
import { addDays, type CivilDate, dayInWords, endOfDay, startOfDay } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { acceptable } from '../terms/index.ts';
import type { IntentFields } from './model.ts';
import type { OfferFacts } from './offer-facts.ts';
import { costOf } from './pay-rules.ts';
import { reachOf } from './reach-rules.ts';

/** The exact want, as it stands at home. */
export interface Want {
  readonly fields: IntentFields;
  readonly buyer: 'person' | 'organisation';
  readonly now: Instant;
}

/** What the rules need to know of the world; all of it pure look-ups. */
export interface Knowledge {
  isWithin(category: string, ancestor: string): boolean;
  categoryName(id: string): string;
}

interface Fit {
  readonly fits: boolean;
  /** Each thing that does not fit, in words. */
  readonly misfits: readonly string[];
  /** Each thing asked for that the offer says nothing about. */
  readonly unsaid: readonly string[];
  readonly total: Amount;
  readonly distanceKm?: number;
}

interface Finding {
  readonly misfits: readonly string[];
  readonly unsaid: readonly string[];
}

/** Whether an offer fits the exact want, and every reason why not. The market is not told. */
export function fits(want: Want, offer: OfferFacts, know: Knowledge): Fit {
  const cost = costOf(want.fields, offer);
  const reach = reachOf(want.fields, offer);
  const findings: Finding[] = [
    whatFits(want.fields, offer, know),
    attributesFit(want.fields, offer),
    quantityFits(want.fields, offer),
    { misfits: cost.misfit === undefined ? [] : [cost.misfit], unsaid: [] },
    reach,
    windowFits(want, offer),
    termsFit(want.fields, offer),
    demandsFit(want, offer),
  ];
  const misfits = findings.flatMap((it) => it.misfits);
  return {
    fits: misfits.length === 0,
    misfits,
    unsaid: findings.flatMap((it) => it.unsaid),
    total: cost.total,
    ...(reach.distanceKm !== undefined && { distanceKm: reach.distanceKm }),
  };
}

function whatFits(fields: IntentFields, offer: OfferFacts, know: Knowledge): Finding {
  if (!offer.what) return { misfits: [], unsaid: [] };
  if (offer.what.kind !== fields.kind) {
    return { misfits: [`It is a ${offer.what.kind === 'goods' ? 'thing' : 'service'}.`], unsaid: [] };
  }
  if (know.isWithin(offer.what.category, fields.category)) return { misfits: [], unsaid: [] };
  const [theirs, mine] = [know.categoryName(offer.what.category), know.categoryName(fields.category)];
  return { misfits: [`It is listed under ${theirs}, not under ${mine}.`], unsaid: [] };
}

function attributesFit(fields: IntentFields, offer: OfferFacts): Finding {
  const misfits: string[] = [];
  const unsaid: string[] = [];
  for (const [key, wanted] of Object.entries(fields.attributes)) {
    const said = offer.attributes ?? {};
    const offered = Object.hasOwn(said, key) ? said[key] : undefined;
    if (offered === undefined) unsaid.push(`${qualityName(key)}: you said ${wanted}, they say nothing.`);
    else if (plain(offered) !== plain(wanted)) {
      misfits.push(`${qualityName(key)}: ${offered}, and you said ${wanted}.`);
    }
  }
  return { misfits, unsaid };
}

function quantityFits(fields: IntentFields, offer: OfferFacts): Finding {
  if (offer.pieces === undefined || offer.pieces >= fields.quantity) return { misfits: [], unsaid: [] };
  return { misfits: [`It holds for ${offer.pieces}, and you want ${fields.quantity}.`], unsaid: [] };
}

function plain(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/** Properties whose schema.org name is not what people call them. */
const CALLED: Readonly<Record<string, string>> = {
  educationalLevel: 'Level',
  itemCondition: 'Condition',
  suggestedGender: 'For',
};

/** What people call a quality: 'itemCondition' is 'Condition', 'schema:woodType' is 'Wood type'. */
export function qualityName(key: string): string {
  const called = CALLED[key];
  if (called !== undefined) return called;
  const words = key
    .replace(/^[A-Za-z]+:/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function windowFits(want: Want, offer: OfferFacts): Finding {
  const misfits: string[] = [];
  const { from, until } = want.fields.window ?? {};
  if (from !== undefined && offer.until < startOfDay(from)) {
    misfits.push(`It ends before ${dayInWords(from)}, when you want it.`);
  }
  const days = offer.delivery.days;
  if (until !== undefined && days !== undefined && arrival(want.now, days) > endOfDay(until)) {
    misfits.push(`It takes ${days} ${days === 1 ? 'day' : 'days'}, which is after ${dayInWords(until)}.`);
  }
  return { misfits, unsaid: [] };
}

function arrival(now: Instant, days: number): Instant {
  const today: CivilDate = new Date(now).toISOString().slice(0, 10);
  return startOfDay(addDays(today, days));
}

function termsFit(fields: IntentFields, offer: OfferFacts): Finding {
  const required = fields.requiredTerms;
  if (required.length === 0 || acceptable(required, offer.terms) !== undefined)
    return { misfits: [], unsaid: [] };
  const theirs = offer.terms.length > 0 ? `only ${offer.terms.join(', ')}` : 'no terms of the roster';
  return { misfits: [`They accept ${theirs}; you require ${required.join(' or ')}.`], unsaid: [] };
}

function demandsFit(want: Want, offer: OfferFacts): Finding {
  const misfits: string[] = [];
  const said = want.fields.budget?.max ?? want.fields.give;
  const least = offer.minBudget;
  if (least && said && !(said.unit === least.unit && BigInt(said.value) >= BigInt(least.value))) {
    misfits.push(`They serve budgets from ${amountInWords(least)}.`);
  }
  if (offer.buyers && !offer.buyers.includes(want.buyer)) {
    misfits.push(`They sell to ${offer.buyers.map((it) => `${it}s`).join(' and ')} only.`);
  }
  return { misfits, unsaid: [] };
}
