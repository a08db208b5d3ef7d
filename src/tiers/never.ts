import type { HomeId } from '../kernel/ids.ts';
import { type Failure, fail } from '../kernel/result.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { entryOf, getItems } from '../vault/index.ts';
import { names } from './rules.ts';
import { neverOf } from './store.ts';

/** What may be said of one party's list of what it never gives. */
interface NeverList {
  /** Nothing under this property is ever given, so that an ask for it is refused before it is answered. */
  readonly refuses: (property: string) => boolean;
  readonly holds: (item: { readonly id: string; readonly property: string }) => boolean;
}

export async function neverList(view: View, home: HomeId): Promise<NeverList> {
  const never = await neverOf(view, home);
  const holds = (item: { readonly id: string; readonly property: string }): boolean => {
    const { category, label } = entryOf(item.property);
    return names(never, { ...item, category, label, version: 1 });
  };
  return { holds, refuses: (property) => holds({ id: '', property }) };
}

/** The failure `item-never` when one of these items is on the list. */
export async function neverAmong(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  items: readonly string[],
): Promise<Failure | undefined> {
  if (items.length === 0) return undefined;
  const list = await neverList(view, home);
  const found = (await getItems(view, deps, home, items)).find((item) => list.holds(item));
  if (!found) return undefined;
  return neverGiven(found.label);
}

export function neverGiven(label: string): Failure {
  const sentence = `You never give ${label}: it is on your list.`;
  return fail('item-never', sentence, 'Leave it out, or take it off the list first.', { disclose: sentence });
}
