import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestNode } from '../../test/harness/node.ts';

interface Found<T> {
  rows: T[];
}

test('categories and places are found by the words people use', async () => {
  const node = await startTestNode({ seed: 'find' });
  try {
    await node.party('maya');
    const maya = { as: 'maya' };
    const bikes = await node.done<Found<{ id: string; path: string }>>(
      'find-categories',
      { search: 'city bike' },
      maya,
    );
    assert.match(bikes.rows[0]?.path ?? '', /City Bikes$/);
    const byId = await node.done<Found<{ id: string }>>(
      'find-categories',
      { search: 'sv-bicycle-repair' },
      maya,
    );
    assert.equal(byId.rows[0]?.id, 'sv-bicycle-repair');
    for (const name of ['Ghent', 'Gent', 'Gand']) {
      const places = await node.done<Found<{ country: string; label: string }>>(
        'find-places',
        { search: name },
        maya,
      );
      assert.equal(places.rows[0]?.country, 'BE');
      assert.match(places.rows[0]?.label ?? '', /^Ghent/);
    }
    const nowhere = await node.done<Found<object>>('find-places', { search: 'Xyzzyville' }, maya);
    assert.deepEqual(nowhere.rows, []);
  } finally {
    await node.close();
  }
});
