import type { Attribute, Categories, Category } from '../categories/index.ts';
import type { ListingDraft } from '../desk/index.ts';
import type { Instant } from '../kernel/clock.ts';
import type { SeededRandom } from '../kernel/seeded-random.ts';
import type { VendorPlan } from './plan.ts';

const DAY_MS = 86_400_000;
const MAKERS = [
  'Aldera',
  'Brunnhof',
  'Corvo',
  'Dahlin',
  'Esterel',
  'Fennick',
  'Gorsel',
  'Halden',
  'Ikemba',
  'Jorvik',
];
const REMARKS = [
  'one owner',
  'checked and cleaned',
  'with receipt',
  'light traces of use',
  'as pictured',
  'boxed',
];
/** Terms that vendors accept; most take the plain default, some want to count or to know more. */
const TERMS = [
  ['SD-BASE'],
  ['SD-BASE', 'SD-BASE-DP'],
  ['SD-BASE', 'SD-BASE-A'],
  ['SD-BASE-A'],
  ['SD-BASE-ATP'],
];
const TERMS_CHANCE = [500, 250, 150, 60, 40];

/** What one vendor has for sale: its categories in turn, new and used, at prices around what such things cost. */
export function draftsOf(
  vendor: VendorPlan,
  random: SeededRandom,
  categories: Categories,
  now: Instant,
): { number: string; draft: ListingDraft }[] {
  const policy = policyOf(random);
  return Array.from({ length: vendor.listings }, (_, i) => {
    const category = categories.get(vendor.categories[i % vendor.categories.length] ?? '');
    if (!category) throw new Error('a sample category exists');
    return { number: `${i + 1}`, draft: draftOf(vendor, policy, category, categories, random, now) };
  });
}

interface Policy {
  readonly terms: string[];
  readonly postKm: number;
  readonly asksPhone: boolean;
}

function policyOf(random: SeededRandom): Policy {
  let roll = random.below(1000);
  const index = TERMS_CHANCE.findIndex((chance) => {
    roll -= chance;
    return roll < 0;
  });
  return {
    terms: [...(TERMS[index] ?? ['SD-BASE'])],
    postKm: 20 + random.below(50),
    asksPhone: random.chance(300),
  };
}

function draftOf(
  vendor: VendorPlan,
  policy: Policy,
  category: Category,
  categories: Categories,
  random: SeededRandom,
  now: Instant,
): ListingDraft {
  const isService = category.kind === 'service';
  const attributes = chosenAttributes(categories.attributesOf(category.id), random);
  const delivery = isService ? serviceDelivery(random) : goodsDelivery(random);
  const isPost = delivery.how === 'post';
  const title = titleOf(category, attributes, random);
  const price = priceOf(vendor, category, attributes.itemCondition, random);
  const stock = isService ? 8 : 1 + random.below(6);
  const mode = vendor.isByHand ? 'by-hand' : random.chance(500) ? 'firm' : 'first-come';
  const until = now + (60 + random.below(120)) * DAY_MS;
  const fees = isPost ? [postage(vendor, random)] : [];
  const takes = isService || random.chance(40) ? { takes: takesOf(random) } : {};
  const reach: ListingDraft['reach'] =
    isPost || delivery.how === 'online' ? { level: 'country' } : { level: 'local', km: policy.postKm };
  const demands = { asks: asksFor(delivery.how, policy) };
  // In the order in which the desk reads a draft, so that the same one listed there by hand is known as the same.
  return {
    ...{ title, category: category.id, price, stock, mode, place: vendor.place, reach, attributes },
    ...{ acceptsTerms: policy.terms, demands, delivery, until, ...takes, fees },
  };
}

/** One value each of some of the category's qualities; the condition always, where it has one. */
function chosenAttributes(attributes: readonly Attribute[], random: SeededRandom): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const attribute of attributes) {
    if (attribute.kind !== 'choice' || attribute.values.length === 0) continue;
    if (attribute.key === 'itemCondition') chosen.itemCondition = conditionOf(attribute.values, random);
    else if (random.chance(600)) chosen[attribute.key] = random.pick(attribute.values);
  }
  if (attributes.some((a) => a.key === 'brand')) chosen.brand = random.pick(MAKERS);
  return chosen;
}

function conditionOf(values: readonly string[], random: SeededRandom): string {
  const wished = random.chance(500) ? 'used' : random.chance(850) ? 'new' : 'refurbished';
  return values.includes(wished) ? wished : (values[0] ?? 'new');
}

function titleOf(category: Category, attributes: Record<string, string>, random: SeededRandom): string {
  const { itemCondition, brand, ...others } = attributes;
  const [detail] = Object.values(others);
  const words = [brand, singular(category.name), detail && `(${detail})`].filter(Boolean).join(' ');
  const remark = itemCondition === 'used' ? `, ${random.pick(REMARKS)}` : '';
  return `${words}${remark}`;
}

/** A rough singular for a title: the last word without its plural s. */
function singular(name: string): string {
  if (/(ss|us|Jeans|Glasses|Binoculars|Lessons|Supplies)$/.test(name)) return name;
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  if (/(ches|shes|xes)$/.test(name)) return name.slice(0, -2);
  return name.endsWith('s') ? name.slice(0, -1) : name;
}

/** Prices lie closer to the low end; used things cost a third to two thirds of new ones. */
function priceOf(
  vendor: VendorPlan,
  category: Category,
  condition: string | undefined,
  random: SeededRandom,
): { unit: string; value: string } {
  const [low, high] = category.price ?? [1000, 10_000];
  const share = (random.below(1000) * random.below(1000)) / 1_000_000;
  const fresh = low + Math.round((high - low) * share);
  const worth = condition === 'used' ? 300 + random.below(350) : condition === 'refurbished' ? 650 : 1000;
  const { pricePerCent, roundTo, currency } = vendor.region;
  const exact = Math.round((fresh * worth * pricePerCent) / 100_000);
  const step = exact > roundTo * 4 ? roundTo : Math.max(10, Math.floor(roundTo / 10));
  return { unit: currency, value: String(Math.max(step, Math.round(exact / step) * step)) };
}

function goodsDelivery(random: SeededRandom): ListingDraft['delivery'] {
  if (random.chance(450)) return { how: 'post', days: 2 + random.below(6) };
  return random.chance(600) ? { how: 'pickup', days: 1 } : { how: 'delivery', days: 1 + random.below(5) };
}

function serviceDelivery(random: SeededRandom): ListingDraft['delivery'] {
  const days = random.chance(500) ? 0 : 1 + random.below(5);
  return random.chance(700) ? { how: 'at-yours', days } : { how: 'pickup', days };
}

function asksFor(how: string, policy: Policy): ListingDraft['demands']['asks'] {
  const asks: ListingDraft['demands']['asks'] = [];
  if (how === 'post' || how === 'delivery' || how === 'at-yours') {
    asks.push({ property: 'schema:address', purpose: 'to bring it to you', days: 60, required: true });
  }
  if (policy.asksPhone) {
    asks.push({ property: 'schema:telephone', purpose: 'to agree on an hour', days: 30, required: false });
  }
  return asks;
}

function postage(vendor: VendorPlan, random: SeededRandom): ListingDraft['fees'][number] {
  const { pricePerCent, currency } = vendor.region;
  const value = Math.round(((400 + random.below(500)) * pricePerCent) / 1000) * 10;
  return {
    label: 'Postage',
    payer: 'buyer',
    to: 'the carrier',
    amount: { unit: currency, value: String(value) },
  };
}

function takesOf(random: SeededRandom): NonNullable<ListingDraft['takes']> {
  const hours = {
    unit: 'hours',
    value: String(60 * (1 + random.below(3))),
    what: 'Lessons, or help in the shop',
  };
  const favour = { unit: 'favour', value: '1', what: 'A good turn of your choice' };
  const goods = { unit: 'goods', value: '1', what: 'Something from your garden or kitchen' };
  return random.chance(500) ? [hours, favour] : [hours, favour, goods];
}
