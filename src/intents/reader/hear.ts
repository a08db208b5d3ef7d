import { type CategoryReading, readCategory } from './category/category.ts';
import type { ReaderContext, ReaderSources } from './model.ts';
import { readDistance } from './place/distance.ts';
import { readWhere, type Where } from './place/where.ts';
import { readBarter } from './price/barter.ts';
import { type Price, readMoney } from './price/money.ts';
import { type Sentence, type Span, without } from './sentence.ts';
import { noDates, readTiming, type Timing } from './time/windows.ts';
import { readBrand } from './traits/brands.ts';
import { readCondition } from './traits/conditions.ts';
import { readLooks } from './traits/looks.ts';
import { readQuantity } from './traits/quantity.ts';
import { sizeSpans } from './traits/sizes.ts';

/** What each reader made of its part of a sentence. */
export interface Heard {
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
export function hear(sentence: Sentence, context: ReaderContext, sources: ReaderSources): Heard {
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
