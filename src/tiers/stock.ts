import type { HomeId } from '../kernel/ids.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { CATALOGUE, entryOf, findByProperty, getItems } from '../vault/index.ts';
import type { Named, RuleContent } from './model.ts';
import type { KnownItem, Stock } from './rules.ts';
import { neverOf } from './store.ts';

const ORDER = new Map(CATALOGUE.map((entry, index) => [entry.property, index]));

type Item = Awaited<ReturnType<typeof getItems>>[number];

function known({ id, property, category, label, version }: Item): KnownItem {
  return { id, property, category, label, version };
}

/** What of my data these rules name, in the order of My data, and what is never given. Values are not looked at. */
export async function stockFor(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  rules: readonly RuleContent[],
): Promise<Stock> {
  const named = rules.flatMap((rule) => rule.steps.flatMap((step) => step.gives));
  return { never: await neverOf(view, home), items: await itemsNamed(view, deps, home, named) };
}

async function itemsNamed(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  named: readonly Named[],
): Promise<KnownItem[]> {
  const of = (kind: Named['kind']): string[] => named.filter((it) => it.kind === kind).map((it) => it.value);
  const categories = new Set(of('category'));
  const properties = new Set([
    ...of('property'),
    ...CATALOGUE.filter((entry) => categories.has(entry.category)).map((entry) => entry.property),
  ]);
  const found = new Map((await getItems(view, deps, home, of('item'))).map((item) => [item.id, known(item)]));
  for (const property of properties)
    for (const item of await findByProperty(view, deps, home, property)) found.set(item.id, known(item));
  const place = (item: KnownItem): number => ORDER.get(item.property) ?? CATALOGUE.length;
  return [...found.values()].toSorted(
    (a, b) => place(a) - place(b) || compare(a.label, b.label) || compare(a.id, b.id),
  );
}

/** These items again as they are now, with what is never given. */
export async function stockOf(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  items: readonly string[],
): Promise<Stock> {
  return { never: await neverOf(view, home), items: (await getItems(view, deps, home, items)).map(known) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What an entry of a list is called: an item by its label, a property and a category by their names. */
export async function labelsOf(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  named: readonly Named[],
): Promise<(Named & { label: string })[]> {
  const items = await getItems(
    view,
    deps,
    home,
    named.filter((it) => it.kind === 'item').map((it) => it.value),
  );
  return named.map(({ kind, value }) => {
    if (kind === 'item') {
      const label =
        items.find((item) => item.id === value)?.label ??
        'an item in the trash, or one that only your devices read';
      return { kind, value, label };
    }
    return { kind, value, label: kind === 'property' ? entryOf(value).label : value };
  });
}
