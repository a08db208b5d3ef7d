import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { engines } from '../../../test/harness/test-deps.ts';
import { makeUpload } from '../../kernel/upload.ts';
import { cellAround, TRUMPETS } from '../../market/testing.ts';
import { accept } from '../testing.ts';
import { BRASS, feed, HEADER, importText, item, jobOf, listed, MAPPING, openShop } from './testing.ts';

for (const engine of engines()) {
  test(`${engine}: a feed is listed, again is unchanged, and a change is one update`, async () => {
    const { town, shop } = await openShop(engine, 'feed');
    const wanter = await town.home('wanter');
    const shipping =
      '<g:country>BE</g:country><g:service>Post</g:service><g:price>6.50 EUR</g:price><g:max_transit_time>3</g:max_transit_time>';
    const items = [
      item('1'),
      item('2', { 'g:shipping': shipping, 'g:brand': 'Yamaha', 'g:gtin': '4006381333931' }),
      item('3', { 'g:availability': 'out of stock' }),
      item('4', { title: '', 'g:title': 'Cornet &amp; case', 'g:product_type': 'Brass' }),
    ];
    const first = await importText(town, shop, feed(items.join('')));
    assert.deepEqual(first, {
      state: 'done',
      problem: undefined,
      counts: { added: 4 },
      rows: ['1 added', '2 added', '3 added', '4 added'],
    });
    const rows = (await listed(town, shop)).rows;
    assert.deepEqual(
      rows.map((row) => [row.number, row.state, row.category]),
      [
        ['4', 'open', 'ae-2-8-3-5'],
        ['3', 'sold-out', TRUMPETS],
        ['2', 'open', TRUMPETS],
        ['1', 'open', TRUMPETS],
      ],
    );
    assert.deepEqual(rows[2]?.attributes, { brand: 'Yamaha', gtin: '4006381333931', itemCondition: 'used' });
    assert.deepEqual(rows[2]?.fees, [
      { label: 'Shipping', payer: 'buyer', to: 'the seller', amount: { unit: 'EUR', value: '650' } },
    ]);
    assert.deepEqual([rows[2]?.delivery, rows[2]?.reach], [{ how: 'post', days: 3 }, { level: 'country' }]);
    const cast = await town.cast(wanter, cellAround());
    await town.idle();
    assert.deepEqual(cast.quotes.map((quote) => quote.listing.value.number).sort(), ['1', '2', '4']);

    assert.deepEqual((await importText(town, shop, feed(items.join('')))).counts, { unchanged: 4 });
    items[0] = item('1', { 'g:price': '199.90 EUR' });
    items[2] = item('3');
    const again = await importText(town, shop, feed(items.join('')));
    assert.deepEqual(again.counts, { updated: 1, unchanged: 2, restocked: 1 });
    const after = await listed(town, shop);
    assert.equal(after.total, 4, 'nothing is doubled');
    assert.deepEqual(
      after.rows.map((row) => row.state),
      ['open', 'open', 'open', 'open'],
      'what came back is open',
    );
    assert.equal(after.rows[3]?.price.value, '19990');
    await town.end();
  });

  test(`${engine}: a CSV file row by row: what is refused says why, and the others are listed`, async () => {
    const { town, shop } = await openShop(engine, 'csv');
    const text = `${HEADER}${[
      `a,Student trumpet,"1,250.00 EUR",in_stock,new,"${BRASS}",Bach,4006381333932,3`,
      `b,Something odd,10 EUR,in_stock,new,,,,`,
      `c,Student trumpet,ten euro,in_stock,new,"${BRASS}",,,`,
      `d,Student trumpet,10 EUR,maybe,new,"${BRASS}",,,`,
      `a,Student trumpet,10 EUR,in_stock,new,"${BRASS}",,,`,
      `,Student trumpet,10 EUR,in_stock,new,"${BRASS}",,,`,
      `e,Student trumpet`,
      `f,Student trumpet,"1,250 EUR",in_stock,new,"${BRASS}",,,`,
      `g,Student trumpet,12.50,in_stock,new,Musical Instruments,,,`,
      `h,Trumpet 5" bell,99 EUR,in_stock,new,"${BRASS}",,,`,
    ].join('\r\n')}`;
    const dry = await importText(town, shop, text, { dryRun: true });
    assert.equal((await listed(town, shop)).total, 0, 'a dry run lists nothing');
    const imported = await importText(town, shop, text);
    assert.deepEqual(dry, imported, 'and says what an import does');
    assert.deepEqual(imported.counts, { added: 2, refused: 8 });
    assert.deepEqual(imported.rows.toSorted(), [
      '1 added Left out: its gtin has a wrong check digit.',
      '10 added',
      '2 refused Its category cannot be told from its words; give one in the mapping.',
      '3 refused The price cannot be read; write it as 12.50 EUR.',
      '4 refused Its availability is none of in_stock, out_of_stock, preorder, backorder.',
      '5 refused Row 1 has the same id.',
      '6 refused It has no id of its own, so importing it again would double it.',
      '7 refused It has 2 columns and the header 9.',
      '8 refused The price can be read in two ways; write it as 1234.50.',
      '9 refused The price has no currency.',
    ]);
    const mapped = await importText(town, shop, 'nr;naam;prijs;soort\nx1;Trompet;12,50;koper\n', {
      mapping: {
        columns: { id: 'nr', title: 'naam', price: 'prijs', product_type: 'soort' },
        categories: { Koper: TRUMPETS },
        currency: 'EUR',
      },
    });
    assert.deepEqual(mapped.counts, { added: 1 });
    assert.deepEqual((await listed(town, shop)).rows[0]?.price, { unit: 'EUR', value: '1250' });
    await town.end();
  });

  test(`${engine}: the same feed again does not sell a second time what was sold`, async () => {
    const { town, shop } = await openShop(engine, 'sold');
    const items = (change: Record<string, string> = {}): string =>
      feed(item('one') + item('three', { 'g:quantity': '3', ...change }));
    await importText(town, shop, items());
    const rows = (await listed(town, shop)).rows;
    for (const { id } of rows) assert.equal(await accept(town, shop, id), 'taken');
    const stocks = async (): Promise<unknown[]> =>
      (await listed(town, shop)).rows.map((row) => [row.number, row.stock, row.taken, row.state]);
    const again = await importText(town, shop, items());
    assert.deepEqual(again.rows, ['1 unchanged', '2 restocked'], 'a number that is said is what holds');
    assert.deepEqual(await stocks(), [
      ['three', 3, 1, 'open'],
      ['one', 0, 1, 'sold-out'],
    ]);
    const dearer = feed(
      item('one', { 'g:price': '260.00 EUR' }) + item('three', { 'g:availability': 'out of stock' }),
    );
    assert.deepEqual((await importText(town, shop, dearer)).rows, ['1 updated', '2 restocked']);
    assert.deepEqual(await stocks(), [
      ['three', 0, 1, 'sold-out'],
      ['one', 0, 1, 'sold-out'],
    ]);
    await town.end();
  });

  test(`${engine}: a feed that breaks off keeps the rows before, whole`, async () => {
    const { town, shop } = await openShop(engine, 'broken');
    const whole = feed(Array.from({ length: 250 }, (_, i) => item(`n${i}`)).join(''));
    const cut = await importText(town, shop, whole.slice(0, whole.indexOf('trumpet n240')));
    assert.equal(cut.state, 'failed');
    assert.equal(cut.problem, 'feed-broken');
    assert.deepEqual(cut.counts, { added: 240 });
    assert.equal((await listed(town, shop)).total, 240);
    assert.deepEqual((await importText(town, shop, whole)).counts, { unchanged: 240, added: 10 });
    await town.end();
  });
}

test('a cancelled import keeps whole rows, and a listing is renewed while it stands in the file', async () => {
  const { town, shop } = await openShop('sqlite', 'cancel');
  const text =
    HEADER +
    Array.from({ length: 3000 }, (_, i) => `n${i},Student trumpet,10 EUR,in_stock,new,"${BRASS}",,,\n`).join(
      '',
    );
  const folder = mkdtempSync(join(tmpdir(), 'parley-import-'));
  const path = join(folder, 'upload');
  writeFileSync(path, text);
  const file = makeUpload(path, 'products.csv', text.length, async () => rmSync(folder, { recursive: true }));
  const { job } = await town.done<{ job: string }>(shop, 'import-listings', { file, mapping: MAPPING });
  while ((await listed(town, shop)).total === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(town.deps.jobs.cancel(job));
  await town.idle();
  const ended = await jobOf(town, shop, job);
  const { total } = await listed(town, shop);
  assert.equal(ended.state, 'cancelled');
  assert.deepEqual(ended.report?.counts, { added: total });
  assert.ok(total > 0 && total < 3000 && total % 240 === 0, `${total} rows`);

  const few = text.split('\n').slice(0, 4).join('\n');
  assert.deepEqual((await importText(town, shop, few)).counts, { unchanged: 3 });
  town.deps.clock.advance(20 * 86_400_000);
  assert.deepEqual((await importText(town, shop, few)).counts, { updated: 3 }, 'they would end soon');
  await town.end();
});
