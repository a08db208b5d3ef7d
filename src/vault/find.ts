import type { Instant } from '../kernel/clock.ts';
import { fold } from './fold.ts';
import { firstAfter } from './in-order.ts';
import type { Category, Head } from './model.ts';

/** A head, and of which category. */
interface Placed extends Head {
  readonly at: { readonly category: Category };
}

/** Heads in the order of lists: what is in use, and what is in the trash. */
export interface Heads<H extends Placed> {
  readonly live: readonly H[];
  readonly trashed: readonly H[];
}

interface Filter {
  readonly words: readonly string[];
  readonly tag?: string | undefined;
  readonly only?: string | undefined;
  readonly category?: Category | undefined;
  readonly property?: string | undefined;
  /** Lists the trash instead: what was put there after this instant. */
  readonly trashedAfter?: Instant | undefined;
}

/** The heads that fit, in order. Pure. */
export function fitting<H extends Placed>(heads: Heads<H>, filter: Filter): readonly H[] {
  const { words, only, category, property, trashedAfter } = filter;
  const tag = filter.tag === undefined ? undefined : fold(filter.tag);
  const from = trashedAfter === undefined ? heads.live : heads.trashed;
  const isAny = [only, category, property, trashedAfter, tag].every((it) => it === undefined);
  if (isAny && words.length === 0) return from;
  return from.filter(
    (head) =>
      words.every((word) => head.search.includes(word)) &&
      (trashedAfter === undefined || (head.trashedAt ?? 0) > trashedAfter) &&
      (only === undefined || head.id === only) &&
      (category === undefined || head.at.category === category) &&
      (property === undefined || head.property === property) &&
      (tag === undefined || head.tags.some((it) => fold(it) === tag)),
  );
}

/** The first of a list in order that come after a place, at most so many. Pure. */
export function pageAfter<H extends Head>(
  heads: readonly H[],
  after: readonly [place: string, id: string] | undefined,
  limit: number,
): readonly H[] {
  const start = after ? firstAfter(heads, after) : 0;
  return heads.slice(start, start + limit);
}

/** Which of these values My data has already, by fingerprint; what lies in the trash does not count. Pure. */
export function knownFingerprints(
  heads: Heads<Placed>,
  fingerprints: readonly string[],
): ReadonlySet<string> {
  const asked = new Set(fingerprints);
  return new Set(heads.live.map((head) => head.fingerprint).filter((it) => asked.has(it)));
}

/** The tags in use and how many items carry each, in alphabetical order. Pure. */
export function tagsIn(heads: Heads<Placed>, most: number): { tag: string; items: number }[] {
  const tags = new Map<string, { tag: string; items: number }>();
  for (const tag of heads.live.flatMap((head) => head.tags)) {
    const key = fold(tag);
    const known = tags.get(key);
    const first = known && known.tag < tag ? known.tag : tag;
    tags.set(key, { tag: first, items: (known?.items ?? 0) + 1 });
  }
  const inOrder = [...tags].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.slice(0, most).map(([, tag]) => tag);
}
