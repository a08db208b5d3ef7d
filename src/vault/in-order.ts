import type { Head } from './model.ts';

/** The order of lists: by place, then by id. */
export function inOrder(a: Pick<Head, 'place' | 'id'>, b: Pick<Head, 'place' | 'id'>): number {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Where the heads after a place begin, in a list that is in order; none before `from` are looked at. */
export function firstAfter(
  heads: readonly Head[],
  [place, id]: readonly [place: string, id: string],
  from = 0,
): number {
  let [low, high] = [from, heads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const head = heads[middle];
    const isBefore = head && (head.place < place || (head.place === place && head.id <= id));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A list in order without the heads of blocks that are gone, and with others in order. Of many only a few change. */
export function merge<Block, H extends Head & { readonly at: Block }>(
  old: readonly H[],
  gone: ReadonlySet<Block>,
  added: readonly H[],
): readonly H[] {
  if (gone.size === 0 && added.length === 0) return old;
  const merged: H[] = [];
  let next = 0;
  const takeUntil = (end: number): void => {
    for (; next < end; next++) {
      const head = old[next];
      if (head && !gone.has(head.at)) merged.push(head);
    }
  };
  for (const head of added) {
    takeUntil(firstAfter(old, [head.place, head.id], next));
    merged.push(head);
  }
  takeUntil(old.length);
  return merged;
}
