import type { Categories } from '../../src/categories/index.ts';
import type { Draft } from '../../src/intents/reader/model.ts';
import type { Places } from '../../src/places/index.ts';

export const FIELDS = ['category', 'place', 'price', 'date'] as const;
type Field = (typeof FIELDS)[number];

interface Given {
  readonly unit: string;
  readonly amount: string;
  readonly what: string;
}

/** What fixtures/wants/README.md says a sentence means. */
export interface Expectation {
  readonly kind: 'goods' | 'service';
  readonly category: readonly string[];
  readonly place: { readonly name: string; readonly country: string } | null;
  readonly radiusKm: number | null;
  readonly budget: { readonly unit: string; readonly max: string | null; readonly min: string | null } | null;
  readonly give: Given | null;
  readonly window: { readonly from: string | null; readonly until: string | null } | null;
  readonly quantity: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly ask: readonly Field[];
}

/**
 * - `right`: asserted as expected. `absent`: neither stated nor asserted. `asked`: had to be asked, and was.
 * - `wrong`: asserted, and differs or had to be asked. `missed`: stated, and neither asserted nor asked.
 * - `needless`: asked although stated plainly; `needless-and-absent`: asked although not stated.
 */
type Verdict = 'right' | 'absent' | 'asked' | 'wrong' | 'missed' | 'needless' | 'needless-and-absent';

export interface Outcome extends Readonly<Record<Field, Verdict>> {
  readonly isInTopThree: boolean;
  readonly isFirst: boolean;
  /** Fields that were stated and asserted wrongly. */
  readonly wrongStated: readonly Field[];
  readonly others: Readonly<Record<'kind' | 'radius' | 'quantity' | 'attributes', boolean>>;
}

interface CompareSources {
  readonly categories: Categories;
  readonly places: Places;
}

export function compare(draft: Draft, expect: Expectation, { places }: CompareSources): Outcome {
  const { fields } = draft;
  const price = { budget: expect.budget, give: expect.give };
  const stated: Record<Field, boolean> = {
    category: true,
    place: expect.place !== null,
    price: price.budget !== null || price.give !== null,
    date: expect.window !== null,
  };
  const asserted: Record<Field, boolean> = {
    category: fields.category !== undefined,
    place: fields.place !== undefined,
    price: fields.budget !== undefined || fields.give !== undefined,
    date: fields.window !== undefined,
  };
  const right: Record<Field, boolean> = {
    category: expect.category.includes(fields.category ?? ''),
    place: expect.place !== null && fields.place !== undefined && isPlace(fields.place, expect.place, places),
    price: isPrice(fields, price),
    date: sameParts(fields.window, expect.window, ['from', 'until']),
  };
  const verdict = (field: Field): Verdict => {
    const isAsked = draft.questions.some((question) => question.field === field);
    if (expect.ask.includes(field)) return isAsked ? 'asked' : asserted[field] ? 'wrong' : 'missed';
    if (isAsked) return stated[field] ? 'needless' : 'needless-and-absent';
    if (asserted[field]) return stated[field] && right[field] ? 'right' : 'wrong';
    return stated[field] ? 'missed' : 'absent';
  };
  const [category, place, money, date] = FIELDS.map(verdict);
  const verdicts = { category, place, price: money, date } as Record<Field, Verdict>; // in the order of FIELDS
  const ids = draft.categories.map(({ id }) => id);
  return {
    ...verdicts,
    isInTopThree: ids.slice(0, 3).some((id) => expect.category.includes(id)),
    isFirst: expect.category.includes(ids[0] ?? ''),
    wrongStated: FIELDS.filter((field) => verdicts[field] === 'wrong' && stated[field]),
    others: {
      kind: fields.kind === expect.kind,
      radius: (fields.radiusKm ?? null) === expect.radiusKm,
      quantity: fields.quantity === expect.quantity,
      attributes: sameAttributes(fields.attributes ?? {}, expect.attributes),
    },
  };
}

/** Names are compared without accents, articles and what tells a place from others: "Frankfurt am Main". */
function isPlace(
  place: { id: string; country: string },
  expected: { name: string; country: string },
  places: Places,
): boolean {
  const found = places.get(Number(place.id));
  if (found === undefined || place.country !== expected.country) return false;
  if ([found.name, found.localName].map(plain).includes(plain(expected.name))) return true;
  return places.find(expected.name, { country: expected.country }).matches[0]?.place.id === found.id;
}

function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(/^the /, '');
}

function isPrice(fields: Draft['fields'], expected: Pick<Expectation, 'budget' | 'give'>): boolean {
  const { budget, give } = fields;
  const ends = budget && {
    unit: budget.max?.unit ?? budget.min?.unit,
    max: budget.max?.value,
    min: budget.min?.value,
  };
  return (
    sameParts(ends, expected.budget, ['unit', 'max', 'min']) &&
    sameParts(give && { unit: give.unit, amount: give.value }, expected.give, ['unit', 'amount'])
  );
}

type Parts = Readonly<Record<string, unknown>>;

/** Equal in these parts; absent and null are the same. */
function sameParts(one: object | undefined, other: object | null, parts: readonly string[]): boolean {
  // Looked at by names only.
  const [a, b] = [(one ?? {}) as Parts, (other ?? {}) as Parts];
  return parts.every((part) => (a[part] ?? null) === (b[part] ?? null));
}

function sameAttributes(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(one);
  const isSame = (key: string) => one[key]?.toLowerCase() === other[key]?.toLowerCase();
  return keys.length === Object.keys(other).length && keys.every(isSame);
}
