import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BRASS, feed, HEADER, importText, item, listed, openShop } from './testing.ts';

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
    const before = process.memoryUsage().heapUsed;
    assert.equal((await importText(town, shop, huge('<rss><channel><title>'))).problem, 'feed-too-long');
    assert.equal((await importText(town, shop, huge(`${HEADER}a,"`))).problem, 'csv-broken');
    const grown = Math.round((process.memoryUsage().heapUsed - before) / 1e6);
    assert.ok(grown < 70, `what is held grew by ${grown} MB`);
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
