import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf, rowsOf } from '../story/holdings.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, shop } from './loop.ts';

test('what is shared while the other side ends it is kept by neither', async () => {
  const hub = openHub('crossing');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    hub.cut('home.example', true);
    await vendor.done('end-relationship', { relationship }, shop);
    const value = 'crossing-in-the-post@example.org';
    const { id: item } = await home.done<{ id: string }>(
      'put-item',
      { property: 'schema:email', value },
      maya,
    );
    const items = [{ item, purpose: 'it crosses the end' }];
    await home.done('share-items', { relationship, items }, maya);
    hub.cut('home.example', false);
    for (const node of [home, vendor]) node.clock?.advance(120_000);
    await hub.idle();
    const { state } = await home.done<{ state: string }>('get-relationship', { relationship }, maya);
    assert.equal(state, 'ended');
    const { rows } = await vendor.done<{ rows: { isMine: boolean }[] }>(
      'list-grants',
      { relationship },
      shop,
    );
    assert.equal(rows.length, 1);
    const held = piecesOf(await rowsOf(vendor, await homeOf(vendor, 'fanfare')));
    assert.deepEqual(
      [...held.keys()].filter((piece) => value.startsWith(piece)),
      [],
    );
  } finally {
    await hub.close();
  }
});

async function homeOf(node: Parameters<typeof rowsOf>[0], as: string): Promise<string> {
  return (await node.done<{ acting: { id: string } }>('who-am-i', {}, { as })).acting.id;
}
