import { amountInWords } from '../kernel/amount-words.ts';
import { type CivilDate, dayInWords } from '../kernel/civil.ts';
import type { Cell } from '../market/index.ts';
import { qualityName } from './fit-rules.ts';
import type { IntentFields } from './model.ts';

/** How the words on the page are found. */
export interface Naming {
  categoryName(id: string): string;
  areaLabel(id: string): string;
  termsName(id: string): string;
}

interface Line {
  readonly label: string;
  readonly mine: string;
  readonly market: string;
}

/** What goes with the cell: the host that answers come to, and the last day, which follows from the cell. */
interface Beside {
  readonly host: string;
  readonly until: CivilDate;
}

const NOTHING = 'nothing';
const TIMES: Readonly<Record<Cell['time'], string>> = {
  '7d': 'within 7 days',
  '30d': 'within 30 days',
  '90d': 'within 90 days',
  any: 'at any time',
};

/** What I wrote beside all that the market sees of it. Every field of a want has its line, also when nothing leaves. */
export function linesOf(fields: IntentFields, cell: Cell, { host, until }: Beside, names: Naming): Line[] {
  return [
    { label: 'What', mine: names.categoryName(fields.category), market: names.categoryName(cell.category) },
    { label: 'Qualities', mine: qualities(fields), market: NOTHING },
    { label: 'How many', mine: String(fields.quantity), market: NOTHING },
    { label: 'Where', mine: where(fields), market: names.areaLabel(cell.area) },
    { label: 'Budget', mine: budget(fields), market: fields.budget || !fields.give ? upTo(cell) : NOTHING },
    { label: 'In return', mine: give(fields), market: fields.give && !fields.budget ? upTo(cell) : NOTHING },
    { label: 'When', mine: when(fields), market: TIMES[cell.time] },
    {
      label: 'Terms',
      mine: fields.requiredTerms.map(names.termsName).join(', or '),
      market: names.termsName(cell.terms),
    },
    { label: 'Who asks', mine: 'you', market: cell.buyer === 'person' ? 'a person' : 'an organisation' },
    { label: 'Your words', mine: fields.words === '' ? NOTHING : fields.words, market: NOTHING },
    { label: 'Open until', mine: NOTHING, market: dayInWords(until) },
    {
      label: 'Counted',
      mine: NOTHING,
      market: 'that one account asks, not which; once in an epoch',
    },
    {
      label: 'Where answers go',
      mine: 'your wants',
      market: `an address and a key used for this want only, at ${host}`,
    },
  ];
}

function qualities(fields: IntentFields): string {
  const all = Object.entries(fields.attributes).map(([key, value]) => `${qualityName(key)}: ${value}`);
  return all.length === 0 ? NOTHING : all.join(', ');
}

function where(fields: IntentFields): string {
  if (!fields.place) return 'anywhere';
  return fields.radiusKm === undefined
    ? fields.place.label
    : `${fields.place.label}, within ${fields.radiusKm} km`;
}

function budget(fields: IntentFields): string {
  const { max, min } = fields.budget ?? {};
  const parts = [
    ...(min ? [`from ${amountInWords(min)}`] : []),
    ...(max ? [`up to ${amountInWords(max)}`] : []),
  ];
  return parts.length === 0 ? NOTHING : parts.join(' ');
}

function give(fields: IntentFields): string {
  return fields.give ? `${amountInWords(fields.give)} of ${fields.give.what}` : NOTHING;
}

function upTo(cell: Cell): string {
  const { unit, upTo: most } = cell.budget;
  if (unit === 'any') return NOTHING;
  return most === 'any' ? `any amount in ${unit}` : `up to ${amountInWords({ unit, value: most })}`;
}

function when(fields: IntentFields): string {
  const { from, until } = fields.window ?? {};
  if (from === undefined && until === undefined) return 'no date';
  return [
    ...(from === undefined ? [] : [`from ${dayInWords(from)}`]),
    ...(until === undefined ? [] : [`until ${dayInWords(until)}`]),
  ].join(' ');
}

/** What this level gives up against the finest one, in words; empty when nothing is. */
export function lostInWords(finest: Cell, cell: Cell, names: Naming): string {
  const parts: string[] = [];
  if (cell.category !== finest.category) {
    parts.push(`${names.categoryName(cell.category)} instead of ${names.categoryName(finest.category)}`);
  }
  if (cell.area !== finest.area)
    parts.push(`${names.areaLabel(cell.area)} instead of ${names.areaLabel(finest.area)}`);
  if (cell.budget.upTo !== finest.budget.upTo) parts.push(`${upTo(cell)} instead of ${upTo(finest)}`);
  if (cell.time !== finest.time) parts.push(`${TIMES[cell.time]} instead of ${TIMES[finest.time]}`);
  return parts.join('; ');
}
