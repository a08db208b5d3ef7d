import { inOrder, placeOf } from '../../device/index.ts';

/** What decides where an item stands in a list. */
interface Listed {
  readonly id: string;
  readonly property: string;
  readonly label: string;
}

interface Page<Item> {
  readonly rows: readonly Item[];
  readonly next?: string | undefined;
  readonly total: number;
}

/** Two lists in the same order. */
interface Two<Item> {
  /** Goes on after what it calls `next` itself. */
  served(after: string | undefined, limit: number): Promise<Page<Item>>;
  /** Goes on after a place. */
  sealed(after: string | undefined, limit: number): Promise<Page<Item>>;
}

interface Place {
  readonly place: string;
  readonly id: string;
}

/** Where a page begins: after an item, and by which `next` of the served list the page is found that this stands on. */
interface Cursor extends Place {
  readonly served?: string;
}

/** A page of both lists as one. A `next` is for this alone. */
export async function pageTogether<Item extends Listed>(
  lists: Two<Item>,
  after: string | undefined,
  limit: number,
): Promise<Page<Item>> {
  const from = after === undefined ? undefined : (JSON.parse(after) as Cursor); // as `next` was written
  const served = await servedAfter(lists, from, limit);
  const sealed = await lists.sealed(from && `${from.place}\n${from.id}`, limit);
  const mine = sealed.rows.map((item) => ({ item, ...placed(item), served: undefined }));
  const all = [...served.rows, ...mine].toSorted(inOrder);
  const rows = all.slice(0, limit);
  const last = rows.at(-1);
  const isMore = all.length > limit || served.isMore || sealed.next !== undefined;
  const total = served.total + sealed.total;
  if (!last || !isMore) return { rows: rows.map(({ item }) => item), total };
  const stood = rows.findLast((row) => row.served !== undefined)?.served ?? from?.served;
  const cursor: Cursor = { place: last.place, id: last.id, ...(stood ? { served: stood } : {}) };
  return { rows: rows.map(({ item }) => item), total, next: JSON.stringify(cursor) };
}

interface Served<Item> extends Place {
  readonly item: Item;
  /** By which `next` its page was found; empty for the first. */
  readonly served: string;
}

/** At least so many after a place, if there are so many. */
async function servedAfter<Item extends Listed>(lists: Two<Item>, from: Cursor | undefined, limit: number) {
  const rows: Served<Item>[] = [];
  let served = from?.served;
  for (;;) {
    const page = await lists.served(served, limit);
    for (const item of page.rows) {
      const at = placed(item);
      if (!from || inOrder(from, at) < 0) rows.push({ item, ...at, served: served ?? '' });
    }
    if (page.next === undefined || rows.length >= limit) {
      return { rows, total: page.total, isMore: page.next !== undefined };
    }
    served = page.next;
  }
}

function placed({ property, label, id }: Listed): Place {
  return { place: placeOf(property, label), id };
}
