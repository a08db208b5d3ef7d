import { amountInWords } from '../../kernel/amount-words.ts';
import type { CategoryReading } from './category/category.ts';
import type { Heard } from './hear.ts';
import type { DraftFields, Found, Question, ReaderContext, ReaderSources, UnderstoodField } from './model.ts';
import { decideBare, decideCurrency } from './price/currencies.ts';
import { budgetOf } from './price/money.ts';
import { dateQuestion, placeQuestion, placeRef, priceQuestion } from './questions.ts';
import { overlaps, type Span } from './sentence.ts';
import { windowInWords } from './time/windows.ts';
import { readSize } from './traits/sizes.ts';

/** What one part of the sentence gives the draft: fields, or a question instead. */
interface Finding {
  readonly fields: DraftFields;
  readonly found: readonly Found[];
  readonly question?: Question | undefined;
}

type Kind = 'goods' | 'service';

/** Categories whose sizes look like prices: clothes, shoes, bicycles. */
const SIZED = /^(?:aa|sg-4-4)(?:-|$)/;

function marked(spans: readonly Span[], field: UnderstoodField, text: string): Found[] {
  return spans.map(({ from, to }) => ({ from, to, field, text }));
}

export function wanted({ proposals, asks }: CategoryReading, { categories }: ReaderSources): Finding {
  const [best] = proposals;
  const category = best && categories.get(best.id);
  if (best === undefined || category === undefined) return { fields: {}, found: [] };
  const found = marked(best.spans, 'category', category.name);
  return { fields: { kind: category.kind, ...(!asks && { category: best.id }) }, found };
}

export function placed({ where, distance }: Heard, sources: ReaderSources): Finding {
  const place = where?.match && placeRef(where.match.place, sources);
  const radius = distance && { radiusKm: distance.km };
  const question = place ? undefined : placeQuestion(where, distance !== undefined, sources);
  return {
    fields: { ...(place && { place }), ...radius },
    found: [
      ...marked(where?.spans ?? [], 'place', place?.label ?? where?.text ?? ''),
      ...marked(distance ? [distance] : [], 'radius', `within ${distance?.km} km`),
    ],
    question,
  };
}

/** The budget in money, hours or favours, and what is given instead. `pieces`: how many the budget is for. */
export function priced(
  { money, barter, where, category }: Heard,
  context: ReaderContext,
  pieces: number,
): Finding {
  const deciders = [context.country, where?.country];
  const bare = decideBare(deciders);
  const unit = money?.sign ? decideCurrency(money.sign, deciders) : bare;
  const isAsserted = money !== undefined && !money.isDoubtful && unit !== undefined;
  const inMoney = isAsserted ? budgetOf(money, unit, pieces) : undefined;
  const budget = inMoney ?? (barter?.budget && { max: barter.budget });
  const give = barter?.give;
  const words = [
    budget?.min && `at least ${amountInWords(budget.min)}`,
    budget?.max && `at most ${amountInWords(budget.max)}`,
  ];
  const spans = inMoney ? money?.spans : budget && barter?.spans;
  const isSize = money?.isDoubtful && SIZED.test(category.proposals[0]?.id ?? 'aa');
  const isAsked = money !== undefined && !isAsserted && !isSize;
  return {
    fields: { ...(budget && { budget }), ...(give && { give }) },
    found: [
      ...marked(spans ?? [], 'price', words.filter((it) => it !== undefined).join(', ')),
      ...marked((give && barter?.spans) ?? [], 'give', give ? `${amountInWords(give)}: ${give.what}` : ''),
    ],
    question: isAsked ? priceQuestion(money, pieces, money.isDoubtful ? bare : undefined) : undefined,
  };
}

export function timed({ timing }: Heard, kind: Kind | undefined): Finding {
  if (timing === undefined) return { fields: {}, found: [] };
  const windows = kind !== 'service' && timing.forGoods ? [timing.forGoods] : timing.windows;
  const [window] = windows;
  const isPlain = window !== undefined && windows.length === 1;
  if (!isPlain) return { fields: {}, found: [], question: dateQuestion(windows) };
  return { fields: { window }, found: marked(timing.spans, 'date', windowInWords(window)) };
}

/** Condition, size, brand, colour and material of a thing; a service has none. */
export function described(heard: Heard, kind: Kind | undefined): Finding {
  if (kind === 'service') return { fields: { attributes: {} }, found: [] };
  const size = readSize(heard.rest, heard.category.proposals[0]?.id ?? '');
  const traits: readonly (readonly [key: string, value: string | undefined, spans: readonly Span[]])[] = [
    ['itemCondition', heard.condition.condition, heard.condition.spans],
    ['size', size?.value, size ? [size] : []],
    ['brand', heard.brand.value, heard.brand.spans],
    ...heard.looks.looks.map((look) => [look.key, look.value, [look]] as const),
  ];
  const stated = traits.flatMap(([key, value, spans]) =>
    value === undefined ? [] : [{ key, value, spans }],
  );
  return {
    fields: { attributes: Object.fromEntries(stated.map(({ key, value }) => [key, value])) },
    found: stated.flatMap(({ key, value, spans }) => marked(spans, 'attribute', `${key}: ${value}`)),
  };
}

export function counted({ quantity }: Heard, kind: Kind | undefined): Finding & { readonly pieces: number } {
  const pieces = kind === 'service' ? 1 : (quantity?.count ?? 1);
  const found = pieces > 1 && quantity ? marked([quantity], 'quantity', String(pieces)) : [];
  return { fields: { quantity: pieces }, found, pieces };
}

/** In order and without overlaps, the first of two counting. */
export function inOrder(text: string, found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of found) {
    const part = text.slice(one.from, one.to);
    const from = one.from + (part.length - part.trimStart().length);
    const trimmed = { ...one, from, to: from + part.trim().length };
    const isNew = trimmed.from < trimmed.to && one.text !== '' && !kept.some((it) => overlaps(it, trimmed));
    if (isNew) kept.push(trimmed);
  }
  return kept.sort((a, b) => a.from - b.from);
}
