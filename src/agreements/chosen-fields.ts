import type { Disclosure } from '../grants/index.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { getItems } from '../vault/index.ts';
import type { Chosen } from './gives.ts';

/** What was chosen to be given, with the property that each item of mine has. */
export async function chosenFields(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  disclose: readonly Disclosure[],
): Promise<Chosen[]> {
  const items = await getItems(
    view,
    deps,
    home,
    disclose.map((it) => it.item),
  );
  return disclose.map((it) => ({ ...it, property: items.find((item) => item.id === it.item)?.property }));
}
