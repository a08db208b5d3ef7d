import { amountInWords } from '../../market/index.ts';
import type { IntentPlace } from '../model.ts';
import { readBarter } from './barter.ts';
import { readBrand } from './brands.ts';
import { type CategoryReading, readCategory } from './category.ts';
import { readCondition } from './conditions.ts';
import { decideBare, decideCurrency } from './currencies.ts';
import { readDistance } from './distance.ts';
import { readLooks } from './looks.ts';
import type { Draft, DraftFields, Found, Question, ReaderContext, ReaderSources } from './model.ts';
import { budgetOf, type Price, readMoney } from './money.ts';
import { readQuantity } from './quantity.ts';
import { categoryQuestion, dateQuestion, placeQuestion, placeRef, priceQuestion } from './questions.ts';
import { openSentence, overlaps, type Sentence, type Span, without } from './sentence.ts';
import { readSize, sizeSpans } from './sizes.ts';
import { readWhere, type Where } from './wheres.ts';
import { noDates, readTiming, type Timing, windowInWords } from './windows.ts';

/**
 * Reads what a sentence wants: what, where, for how much, until when. Everything that is not plain is a question and
 * no field. Equal input gives equal output; nothing is asked of the network.
 * @param text one sentence, at most LIMITS.sentenceChars long
 */
export function readWant(text: string, context: ReaderContext, sources: ReaderSources): Draft {
  const sentence = openSentence(text);
  const heard = hear(sentence, context, sources);
  const category = heard.category.proposals[0]?.id;
  const kind = category === undefined ? undefined : sources.categories.get(category)?.kind;
  const pieces = kind === 'service' ? 1 : (heard.quantity?.count ?? 1);
  const price = priced(heard, context, pieces);
  const when = timed(heard.timing, kind);
  const looks = kind === 'service' ? { attributes: {}, found: [] } : looksOf(heard, category ?? '');
  const place = placeRefOf(heard.where, sources);
  const fields: DraftFields = {
    ...(kind && { kind }),
    ...(category !== undefined && !heard.category.asks && { category }),
    ...(place && { place }),
    ...(heard.distance && { radiusKm: heard.distance.km }),
    ...price.fields,
    ...when.fields,
    quantity: pieces,
    attributes: looks.attributes,
    words: text,
  };
  const questions = [
    categoryQuestion(heard.category, sources),
    placeQuestion(heard.where, place === undefined, heard.distance !== undefined, sources),
    price.question,
    when.question,
  ].filter((question) => question !== undefined);
  return {
    sentence: text,
    fields,
    categories: heard.category.proposals.map(({ id, score }) => ({
      id,
      path: sources.categories.get(id)?.path ?? id,
      score,
    })),
    places: heard.where?.candidates.map(({ place: it }) => placeRef(it, sources)) ?? [],
    questions,
    understood: understoodOf(sentence, [
      ...categoryFound(heard.category, sources, sentence),
      ...(heard.where?.spans ?? []).map((span) => ({
        ...span,
        field: 'place' as const,
        text: place?.label ?? heard.where?.text ?? '',
      })),
      ...(heard.distance
        ? [
            {
              from: heard.distance.from,
              to: heard.distance.to,
              field: 'radius' as const,
              text: `within ${heard.distance.km} km`,
            },
          ]
        : []),
      ...price.found,
      ...when.found,
      ...(pieces > 1 && heard.quantity
        ? [
            {
              from: heard.quantity.from,
              to: heard.quantity.to,
              field: 'quantity' as const,
              text: String(pieces),
            },
          ]
        : []),
      ...looks.found,
    ]),
  };
}

interface Heard {
  readonly sentence: Sentence;
  readonly timing: Timing | undefined;
  readonly distance: ReturnType<typeof readDistance>;
  readonly money: Price | undefined;
  readonly where: Where | undefined;
  readonly barter: ReturnType<typeof readBarter>;
  readonly brand: ReturnType<typeof readBrand>;
  readonly condition: ReturnType<typeof readCondition>;
  readonly looks: ReturnType<typeof readLooks>;
  readonly quantity: ReturnType<typeof readQuantity>;
  readonly category: CategoryReading;
  /** What money, time and place have left, for the size. */
  readonly rest: Sentence;
}

/** Lets every reader take its part; the category is what is left. */
function hear(sentence: Sentence, context: ReaderContext, sources: ReaderSources): Heard {
  const home = context.country;
  const timing = readTiming(sentence, { today: context.today, ...(home !== undefined && { country: home }) });
  let left = without(sentence, [...(timing?.spans ?? []), ...noDates(sentence)]);
  const distance = readDistance(left);
  left = without(left, distance ? [distance] : []);
  const money = readMoney(left, home === 'US' || home === 'CA');
  left = without(left, money?.isDoubtful ? [] : (money?.spans ?? []));
  const brand = readBrand(left);
  const where = readWhere(left, [...brand.spans, ...readLooks(left).spans], sources, context);
  left = without(left, where?.spans ?? []);
  const barter = readBarter(left);
  left = without(left, barter?.spans ?? []);
  const condition = readCondition(left);
  const looks = readLooks(left);
  const rest = left;
  const sizes = sizeSpans(left);
  const quantity = readQuantity(without(left, sizes));
  const whole = blanked(left, [...condition.spans, ...sizes, ...(quantity ? [quantity] : [])]);
  const bare = blanked(whole, [...brand.spans, ...looks.spans]);
  const category = readCategory(bare, whole, sources.categories);
  return {
    sentence,
    timing,
    distance,
    money,
    where,
    barter,
    brand,
    condition,
    looks,
    quantity,
    category,
    rest,
  };
}

/** Takes describing words out without ending the phrase that they stand in. */
function blanked(sentence: Sentence, spans: readonly Span[]): Sentence {
  const plain = spans.reduce(
    (text, { from, to }) => text.slice(0, from) + ' '.repeat(to - from) + text.slice(to),
    sentence.plain,
  );
  return { text: sentence.text, plain };
}

interface Part {
  readonly fields: DraftFields;
  readonly found: readonly Found[];
  readonly question?: Question | undefined;
}

function priced({ money, barter, where, category }: Heard, context: ReaderContext, pieces: number): Part {
  if (money?.isDoubtful) return doubted({ money, category, where }, context, pieces);
  const deciders = [context.country, where?.country];
  const unit = money && (money.sign ? decideCurrency(money.sign, deciders) : decideBare(deciders));
  const budget =
    money && unit !== undefined ? budgetOf(money, unit, pieces) : barter?.budget && { max: barter.budget };
  const give = barter?.give;
  const words = [
    budget?.min && `at least ${amountInWords(budget.min)}`,
    budget?.max && `at most ${amountInWords(budget.max)}`,
  ];
  const text = words.filter((it) => it !== undefined).join(', ');
  const spans =
    budget === undefined || unit === undefined ? (barter?.budget ? barter.spans : []) : (money?.spans ?? []);
  return {
    fields: { ...(budget && { budget }), ...(give && { give }) },
    found: [
      ...spans.map((span) => ({ ...span, field: 'price' as const, text })),
      ...(give ? (barter?.spans ?? []) : []).map((span) => ({
        ...span,
        field: 'give' as const,
        text: `${amountInWords(give ?? { unit: '', value: '' })}: ${give?.what}`,
      })),
    ],
    question: money && unit === undefined ? priceQuestion(money, pieces) : undefined,
  };
}

/** A number that is probably a price is asked about, unless such things have sizes that look the same. */
function doubted(
  { money, category, where }: Pick<Heard, 'money' | 'category' | 'where'>,
  context: ReaderContext,
  pieces: number,
): Part {
  const isSized = /^(?:aa|sg-4-4)(?:-|$)/.test(category.proposals[0]?.id ?? 'aa');
  if (money === undefined || isSized) return { fields: {}, found: [] };
  const unit = decideBare([context.country, where?.country]);
  return { fields: {}, found: [], question: priceQuestion(money, pieces, unit) };
}

function timed(timing: Timing | undefined, kind: 'goods' | 'service' | undefined): Part {
  if (timing === undefined) return { fields: {}, found: [] };
  const windows = kind !== 'service' && timing.forGoods ? [timing.forGoods] : timing.windows;
  const [window] = windows;
  if (window === undefined || windows.length > 1)
    return { fields: {}, found: [], question: dateQuestion(windows) };
  const found = timing.spans.map((span) => ({
    ...span,
    field: 'date' as const,
    text: windowInWords(window),
  }));
  return { fields: { window }, found };
}

function looksOf(heard: Heard, category: string): { attributes: Record<string, string>; found: Found[] } {
  const attributes: Record<string, string> = {};
  const found: Found[] = [];
  const take = (key: string, value: string | undefined, spans: readonly Span[]) => {
    if (value === undefined) return;
    attributes[key] = value;
    found.push(
      ...spans.map(({ from, to }): Found => ({ from, to, field: 'attribute', text: `${key}: ${value}` })),
    );
  };
  const size = readSize(heard.rest, category);
  take('itemCondition', heard.condition.condition, heard.condition.spans);
  take('size', size?.value, size ? [size] : []);
  take('brand', heard.brand.value, heard.brand.spans);
  for (const look of heard.looks.looks) take(look.key, look.value, [look]);
  return { attributes, found };
}

function placeRefOf(where: Where | undefined, sources: ReaderSources): IntentPlace | undefined {
  return where?.match && placeRef(where.match.place, sources);
}

function categoryFound(
  { proposals }: CategoryReading,
  { categories }: ReaderSources,
  { plain }: Sentence,
): Found[] {
  const [best] = proposals;
  if (best === undefined) return [];
  const text = categories.get(best.id)?.name ?? best.id;
  return best.spans
    .filter(({ to }) => to <= plain.length)
    .map((span) => ({ ...span, field: 'category', text }));
}

/** In order and without overlaps; what was read first counts. */
function understoodOf(sentence: Sentence, found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of found) {
    const trimmed = trim(sentence.text, one);
    if (trimmed.from < trimmed.to && trimmed.text !== '' && !kept.some((it) => overlaps(it, trimmed)))
      kept.push(trimmed);
  }
  return kept.sort((a, b) => a.from - b.from).map(({ from, to, field, text }) => ({ from, to, field, text }));
}

function trim(text: string, found: Found): Found {
  const part = text.slice(found.from, found.to);
  const from = found.from + (part.length - part.trimStart().length);
  return { ...found, from, to: Math.max(from, found.to - (part.length - part.trimEnd().length)) };
}
