import { amountInWords } from '../../kernel/amount-words.ts';
import type { Place } from '../../places/index.ts';
import type { IntentPlace } from '../model.ts';
import type { CategoryReading } from './category/category.ts';
import type { Question, ReaderSources } from './model.ts';
import type { Where } from './place/where.ts';
import { budgetOf, type Price } from './price/money.ts';
import { type Window, windowInWords } from './time/windows.ts';

/** Offered when nothing tells which currency a number is in. */
const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'KES'];

/** Every question can be passed over: the field then stays open, to be filled in by hand or not at all. */
function leave(what: 'place' | 'price' | 'date'): Question['choices'][number] {
  return { label: `Leave the ${what} open`, value: 'open', fields: {} };
}

/** A place as a want keeps it. */
export function placeRef(place: Place, { places }: Pick<ReaderSources, 'places'>): IntentPlace {
  const { country, latE6, lonE6 } = place;
  return { id: String(place.id), label: places.describe(place), country, latE6, lonE6 };
}

export function categoryQuestion(
  reading: CategoryReading,
  { categories }: ReaderSources,
): Question | undefined {
  if (!reading.asks || reading.proposals.length === 0) return undefined;
  return {
    field: 'category',
    question: 'Which of these do you mean?',
    choices: reading.proposals.flatMap(({ id }) => {
      const category = categories.get(id);
      return category
        ? [{ label: category.path, value: id, fields: { category: id, kind: category.kind } }]
        : [];
    }),
  };
}

/** Asks which place of a name, which town of a country, or from where a distance counts. */
export function placeQuestion(
  where: Where | undefined,
  hasDistance: boolean,
  sources: ReaderSources,
): Question | undefined {
  if (where === undefined && !hasDistance) return undefined;
  const choices = (where?.candidates ?? []).map(({ place }) => {
    const ref = placeRef(place, sources);
    return { label: ref.label, value: ref.id, fields: { place: ref } };
  });
  const question =
    where === undefined
      ? 'From which place does the distance count?'
      : choices.length > 1
        ? `Which ${where.text} do you mean?`
        : where.country === undefined
          ? `Where is ${where.text}?`
          : `Which town in ${where.text}?`;
  return { field: 'place', question, choices: [...choices, leave('place')] };
}

/** Asks a want that names no place whether it is meant near home: what has to be fetched cannot fit without one. */
export function homeQuestion(town: Place, sources: Pick<ReaderSources, 'places'>): Question {
  const place = placeRef(town, sources);
  return {
    field: 'place',
    question: `Near ${place.label}, as in your address?`,
    choices: [
      { label: `Near ${town.name}`, value: place.id, fields: { place } },
      { label: 'Anywhere', value: 'open', fields: {} },
    ],
  };
}

/** Asks for the currency of a number, or, where that is plain, whether it is a price at all. */
export function priceQuestion(price: Price, pieces: number, unit?: string): Question {
  const possible =
    unit === undefined ? (price.sign?.currencies.split(' ').slice(0, 8) ?? CURRENCIES) : [unit];
  const choices = possible.flatMap((unit) => {
    const budget = budgetOf(price, unit, pieces);
    const amount = budget?.max ?? budget?.min;
    return budget && amount ? [{ label: amountInWords(amount), value: unit, fields: { budget } }] : [];
  });
  return {
    field: 'price',
    question: unit === undefined ? 'In which currency is that?' : 'Is that the most you would pay?',
    choices: [...choices, leave('price')],
  };
}

export function dateQuestion(windows: readonly Window[]): Question {
  const choices = windows.map((window) => {
    const label = windowInWords(window);
    return {
      label: label.charAt(0).toUpperCase() + label.slice(1),
      value: `${window.from ?? ''}/${window.until ?? ''}`,
      fields: { window },
    };
  });
  const question =
    choices.length > 0 ? 'Which day do you mean?' : 'Until when? Those days are different everywhere.';
  return { field: 'date', question, choices: [...choices, leave('date')] };
}
