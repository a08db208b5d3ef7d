import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LIMITS } from '../../src/kernel/limits.ts';
import { answerOf, firstVisitor, HOST } from '../harness/http-client.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { DAY, dayAfter, trumpet, trumpetWanted } from './goods.ts';
import { rowsOf } from './holdings.ts';

const maya = { as: 'maya' };
const ITEM = '"property":"vcard:note"';

/** A browser's request with these very octets. */
interface Sent {
  readonly status: number;
  readonly code: string;
  readonly job: string;
}

for (const engine of engines()) {
  describe(`bad input on ${engine}`, () => {
    let node: TestNode;
    let home: string;
    let now: number;
    let cookie: string | undefined;
    const send = async (operation: string, body: Uint8Array | string | FormData): Promise<Sent> => {
      const response = await node.app.request(`http://${HOST}/api/${operation}`, {
        method: 'POST',
        body: typeof body === 'string' || body instanceof FormData ? body : Buffer.from(body),
        headers: {
          host: HOST,
          cookie: `parley_session=${cookie}`,
          ...(!(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
      });
      const { status, json } = await answerOf(response);
      return { status, code: json.code, job: (json as unknown as { job: string }).job }; // import-listings answers it
    };
    /** Refuses with this code, and leaves every row of Maya's as it was. */
    const refuses = async (what: string, code: string, ask: () => Promise<string>): Promise<void> => {
      const rows = await rowsOf(node, home);
      assert.equal(await ask(), code, what);
      assert.deepEqual(await rowsOf(node, home), rows, `${what} changed something`);
    };
    before(async () => {
      node = await startTestNode({ engine, seed: `bad-input-${engine}` });
      now = node.deps.clock.now();
      const browser = await firstVisitor(node, 'Maya');
      cookie = browser.cookie();
      home = (await node.done<{ acting: { id: string } }>('who-am-i', {}, maya)).acting.id;
      await node.done('open-storefront', { name: 'Maya sells too' }, maya);
      await node.idle();
    });
    after(() => node.close());

    test('JSON that is not strict is refused by its code', async () => {
      const bodies: Record<string, [string | Uint8Array, string]> = {
        'a name twice': [`{${ITEM},"value":"a","value":"b"}`, 'json-malformed'],
        'a name twice, once escaped': [`{${ITEM},"value":"a","val\\u0075e":"b"}`, 'json-malformed'],
        'a name twice, deep inside': [
          `{${ITEM},"value":"a","parts":{"postalCode":"1","postalCode":"2"}}`,
          'json-malformed',
        ],
        'a number beyond the safe range': [
          `{${ITEM},"value":"a","ifVersion":9007199254740993}`,
          'json-malformed',
        ],
        'a number below it': [`{${ITEM},"value":"a","ifVersion":-9007199254740992}`, 'json-malformed'],
        'a fraction': [`{${ITEM},"value":"a","ifVersion":1.5}`, 'json-malformed'],
        'an exponent': [`{${ITEM},"value":"a","ifVersion":1e3}`, 'json-malformed'],
        'no number': [`{${ITEM},"value":"a","ifVersion":NaN}`, 'json-malformed'],
        'half a character': [`{${ITEM},"value":"\\ud83c"}`, 'json-malformed'],
        'a byte order mark': [`\ufeff{${ITEM},"value":"a"}`, 'json-malformed'],
        'nothing closed': [`{${ITEM},"value":"a"`, 'json-malformed'],
        'two values': [`{${ITEM},"value":"a"}{}`, 'json-malformed'],
        'Latin-1': [Buffer.from(`{${ITEM},"value":"é"}`, 'latin1'), 'json-malformed'],
        'UTF-16': [Buffer.from(`{${ITEM},"value":"a"}`, 'utf16le'), 'json-malformed'],
        'nesting without end': [`{${ITEM},"value":${'['.repeat(100_000)}`, 'json-malformed'],
        'too much of it': [`{${ITEM},"value":"${'a'.repeat(LIMITS.requestBytes)}"}`, 'request-too-large'],
        'no object': ['[1,2,3]', 'input-invalid'],
        'a value of another kind': [`{${ITEM},"value":{"toString":"x"}}`, 'input-invalid'],
      };
      for (const [what, [body, code]] of Object.entries(bodies)) {
        await refuses(what, code, async () => (await send('put-item', body)).code);
      }
      await refuses('a form instead', 'media-type-refused', async () => {
        const body = `${ITEM}&value=a`;
        const headers = {
          host: HOST,
          cookie: `parley_session=${cookie}`,
          'content-type': 'application/x-www-form-urlencoded',
        };
        const init = { method: 'POST', body, headers };
        return (await answerOf(await node.app.request(`http://${HOST}/api/put-item`, init))).json.code;
      });
    });

    test('wants that cannot be meant are refused by their code', async () => {
      const wants: Record<string, [object, string]> = {
        'an unknown category': [{ category: 'zz-1-2-3' }, 'category-unknown'],
        'a service under things': [{ category: 'sv-bicycle-repair' }, 'category-kind-differs'],
        'a day in the past': [{ window: { until: dayAfter(now, -2) } }, 'date-past'],
        'a day years ahead': [{ window: { until: dayAfter(now, 4_000) } }, 'date-too-far'],
        'a day that does not exist': [{ window: { until: '2026-02-30' } }, 'input-invalid'],
        'an end before its beginning': [
          { window: { from: dayAfter(now, 9), until: dayAfter(now, 3) } },
          'window-upside-down',
        ],
        'two units in one budget': [
          { budget: { max: eur(5), min: { unit: 'hours', value: '60' } } },
          'units-differ',
        ],
        'an unknown unit': [{ budget: { max: { unit: 'smiles', value: '1' } } }, 'input-invalid'],
        'an amount beyond 2^63': [
          { budget: { max: { unit: 'EUR', value: '9223372036854775808' } } },
          'input-invalid',
        ],
        'an amount with a fraction': [{ budget: { max: { unit: 'EUR', value: '12.50' } } }, 'input-invalid'],
        'less than nothing': [{ budget: { max: { unit: 'EUR', value: '-1' } } }, 'input-invalid'],
        'at least more than at most': [{ budget: { max: eur(1), min: eur(2) } }, 'budget-upside-down'],
        'money given instead of money': [{ give: { ...eur(5), what: 'cash' } }, 'give-is-money'],
        'a distance from nowhere': [{ place: undefined }, 'radius-without-place'],
        'a country that is none': [
          { place: { id: '1', label: 'X', country: 'ZZ', latE6: 0, lonE6: 0 } },
          'place-unknown',
        ],
        'terms that nobody wrote': [{ requiredTerms: ['SD-NOBODY'] }, 'input-invalid'],
      };
      for (const [what, [change, code]] of Object.entries(wants)) {
        const fields = trumpetWanted(now, change);
        await refuses(what, code, async () => (await node.refused('cast-intent', { fields }, maya)).code);
      }
    });

    test('listings that cannot be meant are refused by their code', async () => {
      const fee = { label: 'Post', payer: 'buyer', to: 'the post' };
      const listings: Record<string, [object, string]> = {
        'an unknown category': [{ category: 'zz-1-2-3' }, 'category-unknown'],
        'a last day in the past': [{ until: now - DAY }, 'listing-expired'],
        'fees in another unit': [
          { fees: [{ ...fee, amount: { unit: 'USD', value: '500' } }] },
          'fees-differ',
        ],
        'more pieces than there can be': [{ stock: 2 ** 52 }, 'input-invalid'],
        'no terms': [{ acceptsTerms: [] }, 'input-invalid'],
        'a listing of nobody': [{ id: 'AAAA' }, 'listing-unknown'],
      };
      for (const [what, [change, code]] of Object.entries(listings)) {
        const listing = trumpet(now, change);
        await refuses(what, code, async () => (await node.refused('publish-listing', listing, maya)).code);
      }
    });

    test('a place that exists twice is told apart by its own words, or asked about', async () => {
      const draft = (words: string): Promise<Draft> =>
        node.done<Draft>('draft-intent', { sentence: `a used trumpet in ${words}` }, maya);
      const countries: Record<string, string> = {
        ...{ 'Geneva, Switzerland': 'CH', 'Geneva, Illinois': 'US' },
        ...{ 'Antwerp, Belgium': 'BE', 'Antwerp, Ohio': 'US', Gand: 'BE', Gent: 'BE' },
      };
      for (const [words, country] of Object.entries(countries)) {
        assert.equal((await draft(words)).fields.place?.country, country, words);
      }
      const { places, questions, fields } = await draft('Springfield');
      assert.equal(fields.place, undefined);
      assert.ok(places.length > 1);
      const [asked] = questions.filter((it) => it.field === 'place');
      assert.ok((asked?.choices.length ?? 0) >= places.length, 'each of them can be chosen');
    });

    test('files that are broken or in the wrong encoding leave whole rows or none', async () => {
      const listed = async (): Promise<number> =>
        (await node.done<{ total: number }>('list-listings', {}, maya)).total;
      for (const [what, content, code, rows] of FILES) {
        const before = await listed();
        const form = new FormData();
        form.set('file', new Blob([Buffer.from(content)]), 'products');
        form.set('input', JSON.stringify({ mapping: { place: (trumpet(now) as { place: object }).place } })); // it has one
        const { job } = await send('import-listings', form);
        await node.idle();
        const ended = await node.done<{ state: string; problem?: { code: string } }>(
          'get-job',
          { id: job },
          maya,
        );
        assert.deepEqual([ended.state, ended.problem?.code], ['failed', code], what);
        assert.equal((await listed()) - before, rows, `${what}: the rows before it stay, whole`);
      }
      for (const [what, content, code] of CARDS) {
        const form = new FormData();
        form.set('file', new Blob([Buffer.from(content)]), 'cards');
        await refuses(what, code, async () => (await send('import-items', form)).code);
      }
    });
  });
}

interface Draft {
  readonly places: readonly object[];
  readonly questions: { readonly field: string; readonly choices: readonly object[] }[];
  readonly fields: { readonly place?: { readonly country: string } };
}

function eur(euros: number): object {
  return { unit: 'EUR', value: String(euros * 100) };
}

const HEAD = 'id,title,price,availability,google_product_category\n';
const PATH = 'Musical Instruments > Brass Instruments > Trumpets & Cornets > Trumpets';
const ROW = `"Student trumpet","250 EUR",in_stock,"Arts & Entertainment > Hobbies & Creative Arts > ${PATH}"\n`;
const FEED = '<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>';
const TYPE = `Arts &amp; Entertainment &gt; Hobbies &amp; Creative Arts &gt; ${PATH.replaceAll('&', '&amp;').replaceAll('>', '&gt;')}`;
const entry = (id: string): string =>
  `<item><g:id>${id}</g:id><title>Trumpet</title><g:price>250 EUR</g:price><g:availability>in_stock</g:availability><g:google_product_category>${TYPE}</g:google_product_category></item>`;

/** What it is, its octets, the code of the job that fails, and how many rows stay. */
const FILES: readonly (readonly [string, string | Uint8Array, string, number])[] = [
  ['a feed that breaks off', `${FEED}${entry('f1')}${entry('f2')}<item><g:id>f3`, 'feed-broken', 2],
  ['a feed with crossed tags', `${FEED}${entry('x1')}<item></channel></item>`, 'feed-broken', 1],
  [
    'a feed with entities',
    `<!DOCTYPE rss [<!ENTITY a "b">]>${FEED}${entry('e1')}</channel></rss>`,
    'feed-entities',
    0,
  ],
  ['another XML', '<?xml version="1.0"?><catalogue/>', 'feed-unknown', 0],
  ['a CSV with an open quotation mark', `${HEAD}c1,${ROW}c2,"Trumpet`, 'csv-broken', 1],
  ['a CSV without a header', `c9,${ROW}`, 'csv-no-header', 0],
  ['nothing', '', 'file-empty', 0],
  ['a spreadsheet', Buffer.from('504b0304140006000800', 'hex'), 'file-not-text', 0],
  [
    'XML in no encoding',
    Buffer.concat([Buffer.from(FEED), Buffer.from([0xff, 0xc3, 0x28])]),
    'encoding-unclear',
    0,
  ],
  [
    'octets that mean nothing',
    Buffer.from([0x69, 0x64, 0x2c, 0x81, 0x8d, 0x0a, 0xff]),
    'encoding-unclear',
    0,
  ],
];

const CARD = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Maya\r\nEMAIL:m@example.org\r\n';
const CARDS: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['a card that is cut off', CARD, 'file-cut-off'],
  ['a card in UTF-16', Buffer.from(`\ufeff${CARD}END:VCARD\r\n`, 'utf16le'), 'file-encoding'],
  ['JSON with a name twice', '{"schema:email":"a@b.example","schema:email":"c@d.example"}', 'json-malformed'],
  ['JSON in Latin-1', Buffer.from('{"vcard:note":"é"}', 'latin1'), 'file-encoding'],
  ['nothing', ' \r\n', 'file-empty'],
  ['something else', 'Dear Maya,', 'file-not-understood'],
];
