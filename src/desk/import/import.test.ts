import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { engines } from '../../../test/harness/test-deps.ts';
import { type Job, operations as jobOperations } from '../../jobs/index.ts';
import { callOperation } from '../../kernel/call-operation.ts';
import { makeUpload } from '../../kernel/upload.ts';
import type { Listing } from '../model.ts';
import { cellAround, GHENT, openTown, type Town, TRUMPETS } from '../testing.ts';

interface Page {
  rows: Listing[];
  total: number;
}

interface Imported {
  readonly state: string;
  readonly problem: string | undefined;
  readonly counts: Record<string, number>;
  /** `row result why`, one per row. */
  readonly rows: string[];
}

const MAPPING = { place: GHENT };
const HEADER = 'id,title,price,availability,condition,google_product_category,brand,gtin,quantity\n';
const BRASS =
  'Arts & Entertainment > Hobbies & Creative Arts > Musical Instruments > Brass Instruments > Trumpets & Cornets';

function feed(items: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  return `${head}<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>${items}</channel></rss>`;
}

function item(id: string, change: Record<string, string> = {}): string {
  const said = {
    'g:id': id,
    title: `Student trumpet ${id}`,
    'g:price': '250.00 EUR',
    'g:availability': 'in_stock',
    'g:condition': 'used',
    'g:google_product_category': BRASS.replaceAll('&', '&amp;').replaceAll('>', '&gt;'),
    ...change,
  };
  return `<item>${Object.entries(said)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</item>`;
}

async function jobOf(town: Town, home: string, job: string): Promise<Job> {
  const operation = jobOperations.find((it) => it.name === 'get-job');
  assert(operation);
  const result = await callOperation(operation, town.deps, { home, isOperator: false }, { id: job });
  assert(result.ok);
  return result.value as Job; // what get-job answers
}

/** Imports a file of this content and waits for its end. */
async function importText(
  town: Town,
  home: string,
  content: string | Buffer | ((path: string) => void),
  options: { mapping?: object; dryRun?: boolean } = {},
): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-import-'));
  const path = join(folder, 'upload');
  if (typeof content === 'function') content(path);
  else writeFileSync(path, content);
  const file = makeUpload(path, 'products', statSync(path).size, async () =>
    rmSync(folder, { recursive: true }),
  );
  const input = { file, mapping: { ...MAPPING, ...options.mapping }, dryRun: options.dryRun ?? false };
  const { job } = await town.done<{ job: string }>(home, 'import-listings', input);
  await town.idle();
  const { state, problem, report } = await jobOf(town, home, job);
  assert.throws(() => statSync(path), 'the file is gone when the job has ended');
  return {
    state,
    problem: problem?.code,
    counts: report?.counts ?? {},
    rows: (report?.rows ?? []).map((row) =>
      [row.row, row.result, row.why].filter((it) => it !== undefined).join(' '),
    ),
  };
}

async function openShop(
  engine: 'sqlite' | 'postgresql',
  seed: string,
): Promise<{ town: Town; shop: string }> {
  const town = await openTown(engine, seed);
  const shop = await town.party('shop');
  await town.done(shop, 'open-storefront', { name: 'The shop' });
  return { town, shop };
}

const listed = (town: Town, shop: string): Promise<Page> =>
  town.done<Page>(shop, 'list-listings', { limit: 200 });

for (const engine of engines()) {
  test(`${engine}: a feed is listed, again is unchanged, and a change is one update`, async () => {
    const { town, shop } = await openShop(engine, 'feed');
    const wanter = await town.party('wanter');
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
    assert.deepEqual(again.counts, { updated: 1, unchanged: 3 });
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
    ].join('\r\n')}`;
    const dry = await importText(town, shop, text, { dryRun: true });
    assert.equal((await listed(town, shop)).total, 0, 'a dry run lists nothing');
    const imported = await importText(town, shop, text);
    assert.deepEqual(dry, imported, 'and says what an import does');
    assert.deepEqual(imported.counts, { added: 1, refused: 8 });
    assert.deepEqual(imported.rows.toSorted(), [
      '1 added Left out: its gtin has a wrong check digit.',
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

describe('files that are not what they should be', () => {
  const codes: Record<string, [string | Buffer, string]> = {
    'nothing at all': ['', 'file-empty'],
    'a spreadsheet': [Buffer.from('504b030414000600', 'hex'), 'file-not-text'],
    'a page': ['<!DOCTYPE html><html><body>No</body></html>', 'feed-entities'],
    'another XML': ['<?xml version="1.0"?><catalogue><item/></catalogue>', 'feed-unknown'],
    'an entity bomb': [
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${feed(item('1', { title: '&b;' }), '')}`,
      'feed-entities',
    ],
    'an external entity': [
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>${feed(item('1', { title: '&x;' }), '')}`,
      'feed-entities',
    ],
    'an entity that nobody declared': [feed(item('1', { title: '&x;' })), 'feed-broken'],
    'deep nesting': [`<rss><channel>${'<a>'.repeat(100_000)}`, 'feed-too-deep'],
    'very many attributes': [
      `<rss ${Array.from({ length: 500 }, (_, i) => `a${i}="x"`).join(' ')}/>`,
      'feed-too-long',
    ],
    'tags that do not match': [feed('<item><g:id>1</g:price></item>'), 'feed-broken'],
    'a prefix without its name': ['<rss><channel><item><g:id>1</g:id></item></channel></rss>', 'feed-broken'],
    'broken UTF-8 in XML': [
      Buffer.concat([Buffer.from(feed('')), Buffer.from([0xff, 0xfe, 0xff])]),
      'encoding-unclear',
    ],
    'octets that mean nothing': [Buffer.from([0x69, 0x64, 0x2c, 0x81, 0x8d, 0x0a, 0xff]), 'encoding-unclear'],
    'a quotation mark that stays open': [`${HEADER}a,"Trumpet,10 EUR\n`, 'csv-broken'],
    'no header': ['1,Trumpet,10 EUR\n', 'csv-no-header'],
  };
  test('are refused with a code each, and nothing is listed', async () => {
    const { town, shop } = await openShop('sqlite', 'hostile');
    for (const [what, [content, code]] of Object.entries(codes)) {
      const imported = await importText(town, shop, content);
      assert.deepEqual([imported.state, imported.problem], ['failed', code], what);
    }
    assert.equal((await listed(town, shop)).total, 0);
    await town.end();
  });

  test('a hundred megabytes without an end are refused early and are not gathered', async () => {
    const { town, shop } = await openShop('sqlite', 'huge');
    const huge = (start: string) => (path: string) => {
      writeFileSync(path, start);
      const million = Buffer.alloc(1_000_000, 'x');
      for (let i = 0; i < 100; i++) appendFileSync(path, million);
    };
    const before = process.memoryUsage().rss;
    assert.equal((await importText(town, shop, huge('<rss><channel><title>'))).problem, 'feed-too-long');
    assert.equal((await importText(town, shop, huge(`${HEADER}a,"`))).problem, 'csv-broken');
    const grown = Math.round((process.memoryUsage().rss - before) / 1e6);
    assert.ok(grown < 80, `memory grew by ${grown} MB`);
    await town.end();
  });
});

test('encodings: marks are seen, Latin letters are converted with a word about it', async () => {
  const { town, shop } = await openShop('sqlite', 'encodings');
  const line = (id: string): string =>
    `${HEADER}${id},Trömpet für Schüler,10 EUR,in_stock,new,"${BRASS}",,,\n`;
  const swapped = Buffer.from(`\ufeff${line('u16be')}`, 'utf16le').swap16();
  const latin = 'windows-1252';
  const files: [Buffer, string[]][] = [
    [Buffer.from(line('plain')), ['1 added']],
    [Buffer.from(`\ufeff${line('bom')}`), ['1 added']],
    [Buffer.from(`\ufeff${line('u16')}`, 'utf16le'), ['1 added']],
    [swapped, ['1 added']],
    [
      Buffer.from(line('bare'), 'utf16le'),
      ['0 note The file does not say its encoding; it was read as UTF-16LE.', '1 added'],
    ],
    [
      Buffer.from(line('latin'), 'latin1'),
      [
        '0 note The file is not UTF-8; it was read as Windows-1252. Look at the letters with accents.',
        '1 added',
      ],
    ],
    [
      Buffer.from(
        feed(item('xml', { title: 'Trömpet für Schüler' }), `<?xml version="1.0" encoding="${latin}"?>`),
        'latin1',
      ),
      [`0 note The file says that it is ${latin}; it was read as Windows-1252.`, '1 added'],
    ],
  ];
  for (const [content, rows] of files) assert.deepEqual((await importText(town, shop, content)).rows, rows);
  const titles = new Set((await listed(town, shop)).rows.map((row) => row.title));
  assert.deepEqual([...titles], ['Trömpet für Schüler']);
  await town.end();
});

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
  assert.ok(total > 0 && total < 3000 && total % 120 === 0, `${total} rows`);

  const few = text.split('\n').slice(0, 4).join('\n');
  assert.deepEqual((await importText(town, shop, few)).counts, { unchanged: 3 });
  town.deps.clock.advance(20 * 86_400_000);
  assert.deepEqual((await importText(town, shop, few)).counts, { updated: 3 }, 'they would end soon');
  await town.end();
});
