import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHub } from './hub.ts';

interface Markets {
  readonly rows: { readonly id: string }[];
}

test('a node still knows the market of another one, and its own, after it was started again', async () => {
  const hub = openHub('restart');
  try {
    const home = await hub.open('home.example');
    await hub.open('market.example');
    await home.party('maya');
    await home.done('add-market', { host: 'market.example' }, { as: 'maya' });
    const before = await home.done<Markets>('list-markets', {}, { as: 'maya' });
    await home.reopen();
    const after = await home.done<Markets>('list-markets', {}, { as: 'maya' });
    assert.equal(before.rows.length, 2);
    assert.deepEqual(after.rows.map((it) => it.id).sort(), before.rows.map((it) => it.id).sort());
  } finally {
    await hub.close();
  }
});
