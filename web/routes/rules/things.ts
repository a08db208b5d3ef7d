import { useAsk } from '../../api/queries.ts';
import type { ItemCategory } from '../../api/shapes.ts';
import { usePropertyLabel } from '../../components/property-label.ts';
import { t } from '../../i18n/index.ts';
import { useSealed } from '../../sealed/use-sealed.ts';
import { categoryLabel, keyOf, type LabelOf, type NamedThing } from './say.ts';

const CATEGORIES: readonly ItemCategory[] = ['contact', 'address', 'size', 'preference', 'note'];

/** What things are called, also those that are written in a form and not saved yet. */
export function useLabels(): LabelOf {
  const known = useAsk('list-rules', {}).data;
  const items = useAsk('list-items', { limit: 200 }).data?.rows ?? [];
  const propertyLabel = usePropertyLabel();
  return ({ kind, value }) => {
    if (kind === 'category') return categoryLabel(value);
    if (kind === 'property') return propertyLabel(value);
    const here = items.find((item) => item.id === value)?.label;
    const labels = [...(known?.labels ?? []), ...(known?.never ?? [])];
    return here ?? labels.find((it) => it.kind === kind && it.value === value)?.label ?? value;
  };
}

/** Everything that can be named: one item, all under one name, a whole kind; but for what is named already. */
export function useThings(without: readonly NamedThing[]): { value: string; label: string; group: string }[] {
  const { closed } = useSealed();
  // What only devices open, no rule can give.
  const all = useAsk('list-items', { limit: 200 }).data?.rows ?? [];
  const items = all.filter((item) => !closed.includes(item.category));
  const properties = useAsk('list-properties', {}).data?.rows ?? [];
  const taken = new Set(without.map(keyOf));
  const mine = new Set(items.map((item) => item.property));
  // What one has comes before what one might have.
  const ordered = properties.toSorted((a, b) => Number(mine.has(b.property)) - Number(mine.has(a.property)));
  const named = [
    ...ordered.map((it) => ({
      ...{ value: keyOf({ kind: 'property', value: it.property }), label: it.label },
      group: t.rules.propertyGroup,
    })),
    ...CATEGORIES.map((value) => ({
      ...{ value: keyOf({ kind: 'category', value }), label: categoryLabel(value) },
      group: t.rules.categoryGroup,
    })),
    ...items.map((item) => ({
      ...{ value: keyOf({ kind: 'item', value: item.id }), label: `${item.label}: ${short(item.value)}` },
      group: t.rules.itemGroup,
    })),
  ];
  return named.filter((it) => !taken.has(it.value));
}

const SHOWN = 40;

function short(value: string): string {
  const line = value.replaceAll('\n', ', ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** The thing that a choice stands for. */
export function thingOf(choice: string): NamedThing | undefined {
  const [kind, value] = choice.split(' ');
  if (value === undefined) return undefined;
  return kind === 'item' || kind === 'property' || kind === 'category' ? { kind, value } : undefined;
}
