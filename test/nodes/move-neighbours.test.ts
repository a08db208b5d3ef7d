import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trumpet, trumpetWanted } from '../story/goods.ts';
import { openHub } from './hub.ts';
import { agree, maya, type Rows, shop, stuck, talk } from './loop.ts';
import { move, speak } from './moving.ts';

test('whoever moves away from her neighbours goes on with them, and with the market of the node she left', async () => {
  const hub = openHub('neighbours');
  try {
    const home = await hub.open('home.example');
    const next = await hub.open('next.example');
    await home.party('fanfare');
    await home.done('open-storefront', { name: 'Fanfare' }, shop);
    await hub.idle();
    const asks = [{ property: 'schema:email', purpose: 'to say when it is ready', days: 30, required: true }];
    const now = home.deps.clock.now();
    await home.done('publish-listing', trumpet(now, { stock: 2, demands: { asks } }), shop);
    await hub.idle();
    await home.party('maya');
    const cast = async (words: string): Promise<string> => {
      const fields = trumpetWanted(now, { words });
      await home.call('preview-cast', { fields }, maya);
      await hub.idle();
      const { choices } = await home.done<{ choices: { cell: { id: string } }[] }>(
        'preview-cast',
        { fields },
        maya,
      );
      const choice = choices.at(-1)?.cell.id;
      const { id } = await home.done<{ id: string }>(
        'cast-intent',
        { fields, choice, ifBelow: 'hold' },
        maya,
      );
      await hub.idle();
      return id;
    };
    const first = await cast('a trumpet');
    const { rows } = await home.done<Rows<{ id: string }>>('list-offers', { intent: first }, maya);
    const relationship = await agree(hub, home, rows[0]?.id ?? '');
    await talk(hub, home, home, relationship);
    const open = await cast('another trumpet');
    await move(hub, home, next);
    await speak(hub, next, home, relationship);
    // The market answers a want that was cast from the old address, to that address: a neighbour's word is sent on.
    await home.done('publish-listing', trumpet(now, { title: 'A newer trumpet', demands: { asks } }), shop);
    await hub.idle();
    const offers = await next.done<Rows<{ title: string; id: string }>>(
      'list-offers',
      { intent: open },
      maya,
    );
    const newer = offers.rows.find((it) => it.title === 'A newer trumpet');
    assert(newer, 'the new offer came after her');
    const [item] = (await next.done<Rows<{ id: string }>>('list-items', {}, maya)).rows;
    const disclose = [{ item: item?.id, purpose: 'to say when it is ready' }];
    const again = { offer: newer.id, disclose };
    const accepted = await next.done<{ relationship: string }>('accept-offer', again, maya);
    await hub.idle();
    await speak(hub, next, home, accepted.relationship);
    assert.deepEqual(await stuck(next, maya), []);
    assert.deepEqual(await stuck(home, shop), []);
  } finally {
    await hub.close();
  }
});
