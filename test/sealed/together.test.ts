import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inOrder, placeOf } from '../../device/index.ts';
import { pageTogether } from '../../web/sealed/together.ts';

interface Item {
  id: string;
  property: string;
  label: string;
}

const PROPERTIES = ['schema:email', 'schema:telephone', 'vcard:note', 'own:thing'];
const itemOf = fc.record({
  property: fc.constantFrom(...PROPERTIES),
  label: fc.constantFrom('a', 'b', 'É', 'z z'),
});
const placed = (item: Item) => ({ place: placeOf(item.property, item.label), id: item.id, item });
const sorted = (items: readonly Item[]) =>
  items
    .map(placed)
    .sort(inOrder)
    .map(({ item }) => item);

/** A list that goes on after the item whose id `nameOf` gives. */
function listOf(items: readonly Item[], nameOf: (item: Item) => string) {
  return async (after: string | undefined, limit: number) => {
    const from = after === undefined ? 0 : items.findIndex((item) => nameOf(item) === after) + 1;
    const rows = items.slice(from, from + limit);
    const last = rows.at(-1);
    const isMore = from + limit < items.length;
    return { rows, total: items.length, ...(isMore && last ? { next: nameOf(last) } : {}) };
  };
}

/** After a place, whether or not something stands there. */
function placesOf(items: readonly Item[]) {
  return async (after: string | undefined, limit: number) => {
    const [place = '', id = ''] = after?.split('\n') ?? [];
    const left = items.filter((item) => after === undefined || inOrder({ place, id }, placed(item)) < 0);
    const isMore = left.length > limit;
    return { rows: left.slice(0, limit), total: items.length, ...(isMore ? { next: 'more' } : {}) };
  };
}

test('the pages of two lists are all of both, each once, in order, and full but for the last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(itemOf, { maxLength: 40 }),
      fc.array(itemOf, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      async (some, more, limit) => {
        const served = sorted(some.map((it, at) => ({ ...it, id: `n${at}` })));
        const sealed = sorted(more.map((it, at) => ({ ...it, id: `d${at}` })));
        const lists = { served: listOf(served, (item) => item.id), sealed: placesOf(sealed) };
        const pages: (readonly Item[])[] = [];
        for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
          const page = await pageTogether(lists, after, limit);
          assert.equal(page.total, served.length + sealed.length);
          pages.push(page.rows);
          after = page.next;
        }
        assert.deepEqual(pages.flat(), sorted([...served, ...sealed]));
        assert.ok(pages.slice(0, -1).every((page) => page.length === limit));
      },
    ),
  );
});
