import { knownRegions } from './countries.ts';
import type { Region } from './model.ts';
import { keyOf } from './names.ts';

/** Regions by the key of each of their names and codes. */
export type RegionTable = {
  readonly named: ReadonlyMap<string, readonly Region[]>;
  /** Every beginning, in whole words, of a key of several words. */
  readonly beginnings: ReadonlySet<string>;
};

/** The table of all known regions. A form may stand for several: WA is in the United States and in Australia. */
export function regionTable(): RegionTable {
  const table = new Map<string, Region[]>();
  for (const { forms, ...region } of knownRegions) {
    for (const form of forms) {
      const key = keyOf(form);
      const same = table.get(key);
      if (same === undefined) table.set(key, [region]);
      else same.push(region);
    }
  }
  const beginnings = [...table.keys()].flatMap((key) => {
    const words = key.split(' ');
    return words.slice(1).map((_, i) => words.slice(0, i + 1).join(' '));
  });
  return { named: table, beginnings: new Set(beginnings) };
}
