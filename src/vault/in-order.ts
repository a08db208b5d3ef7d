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
