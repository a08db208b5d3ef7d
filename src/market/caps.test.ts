import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeenCast } from '../desk/model.ts';
import { openTown, trumpet } from '../desk/testing.ts';
import { cellAround, DAY } from './testing.ts';

test('caps: three quotes of one vendor, forty at once, sixty in all, and twenty answers', async () => {
  const town = await openTown('sqlite', 'caps', {}, false);
  const wanter = await town.vendor('wanter');
  for (let v = 0; v < 22; v++) {
    const vendor = await town.vendor(`v${v}`);
    for (let i = 0; i < 4; i++)
      await town.done(vendor, 'publish-listing', trumpet(town.deps, { title: `Trumpet ${v}.${i}` }));
  }
  const hands = [];
  for (let v = 0; v < 23; v++) {
    const hand = await town.vendor(`h${v}`);
    hands.push(hand);
    await town.done(hand, 'publish-listing', trumpet(town.deps, { mode: 'by-hand' }));
  }
  await town.idle();
  const cast = await town.cast(wanter, cellAround());
  await town.idle();
  assert.equal(cast.quotes.length, 40);
  assert.ok(
    cast.quotes.every((quote) => quote.more),
    'and it is said that there are more',
  );
  const perVendor = Map.groupBy(cast.quotes, (quote) => quote.listing.value.storefront.id);
  assert.ok([...perVendor.values()].every((quotes) => quotes.length <= 3));
  const asked = town.received('quotes').at(-1)?.body.asked;
  assert.equal(asked, 23, 'the wanter hears how many were asked to answer by hand');
  for (let v = 0; v < 25; v++) {
    const vendor = await town.vendor(`late${v}`);
    await town.done(vendor, 'publish-listing', trumpet(town.deps));
  }
  await town.idle();
  assert.equal(cast.quotes.length, 60);

  const codes: (string | undefined)[] = [];
  for (const hand of hands) {
    const [seen] = (await town.done<{ rows: SeenCast[] }>(hand, 'list-casts', {})).rows;
    const answer = {
      alias: seen?.alias,
      title: 'By hand',
      price: { unit: 'EUR', value: '10000' },
      until: town.deps.clock.now() + DAY,
      delivery: { how: 'pickup' },
    };
    if (codes.length < 20) await town.done(hand, 'answer-intent', answer);
    else codes.push((await town.refused(hand, 'answer-intent', answer)).code);
    if (codes.length < 20) codes.push('sent');
    await town.idle();
  }
  assert.equal(cast.answers.length, 20);
  assert.deepEqual(codes.slice(20), ['cast-full', 'cast-full', 'cast-full']);
  const aliases = new Set(cast.answers.map((it) => it.answer.value.alias));
  assert.equal(aliases.size, 20, 'each vendor has its own name for the want');
  assert.ok(!aliases.has(cast.castId));
  await town.end();
});
