import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import { entryOf, type VaultTables } from '../vault/index.ts';
import type { Named } from './model.ts';
import { activeRules } from './store.ts';

type Category = VaultTables['items']['category'];

/** How many rules that are on name something of a category, and so give less once the node reads none of it. */
export async function countNaming(view: View, home: HomeId, category: Category): Promise<number> {
  const rules = await activeRules(view, home);
  const named = rules.map((rule) => rule.steps.flatMap((step) => step.gives));
  const items = await itemsIn(view, home, category, named.flat());
  const isOf = ({ kind, value }: Named): boolean => {
    if (kind === 'item') return items.has(value);
    return kind === 'category' ? value === category : entryOf(value).category === category;
  };
  return named.filter((gives) => gives.some(isOf)).length;
}

async function itemsIn(
  view: View,
  home: HomeId,
  category: Category,
  named: readonly Named[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(named.filter((it) => it.kind === 'item').map((it) => it.value))];
  if (ids.length === 0) return new Set();
  const rows = await tables<VaultTables>(view)
    .selectFrom('items')
    .select('id')
    .where('home_id', '=', home)
    .where('id', 'in', ids)
    .where('category', '=', category)
    .execute();
  return new Set(rows.map((row) => row.id));
}
