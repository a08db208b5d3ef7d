import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { mouse } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { accept, begin, cast, compared, loadSample, openOffer, readWant } from './steps.ts';

const SENTENCE = 'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas';
const VENDOR = { handle: 'sample-be-1' };

/** The machine may be busy with others. */
const PATIENT = { timeout: 10 * 60_000 };

/** The pages of somebody who has begun, by address. */
const MINE = [
  '/',
  '/deliveries',
  '/wants',
  '/relationships',
  '/relationships/sharing',
  '/data',
  '/data/new',
  '/data/import',
  '/terms',
  '/market',
  '/settings',
  '/leave',
  '/more',
  '/no/such/page',
];
const DESK = ['/desk', '/desk/listings/new', '/desk/import', '/desk/casts', '/desk/agreements'];

describe('axe finds nothing in either theme, and nothing scrolls sideways on a phone', PATIENT, () => {
  let opened: Opened;
  const hands = mouse();
  const findings: Finding[] = [];
  before(async () => {
    opened = await openBrowserNode();
  });
  after(() => opened.close());

  test('before anybody has begun', async () => {
    const { address } = opened;
    for (const path of ['/start', '/sign-in', '/recover', '/start/import']) await clean(path, address);
  });

  test('the empty pages', async () => {
    await begin(opened, hands, 'Maya');
    await clean('start sample');
    for (const path of [...MINE, '/desk']) await clean(`empty ${path}`, opened.address, path);
    await opened.page.goto(`${opened.address}/start/sample`);
  });

  test('a want, from the sentence to an accepted offer', async () => {
    const { page } = opened;
    await loadSample(page, hands);
    await clean('new want');
    await readWant(page, hands, SENTENCE);
    await clean('new want read');
    await cast(page, hands);
    await clean('want with offers');
    await compared(page).waitFor();
    await openOffer(page, hands);
    await clean('accept');
    await accept(page, hands);
    await clean('relationship');
    await page.goto(`${page.url()}/agreement`);
    await page.getByText(t.relationships.signatures).first().waitFor();
    await clean('agreement');
  });

  test('every page with something on it', async () => {
    for (const path of MINE) await clean(path, opened.address);
    const { page, address } = opened;
    await page.goto(`${address}/data`);
    await page.locator('a[data-row]').first().click();
    await page.waitForURL((url) => url.pathname !== '/data');
    await clean('data item');
  });

  test('the desk of a vendor', async () => {
    const { page, address } = opened;
    await page.evaluate(async (input) => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/act-as-sample', { method: 'POST', headers, body: JSON.stringify(input) });
      sessionStorage.setItem('parley-as', input.handle);
    }, VENDOR);
    for (const path of DESK) await clean(path, address);
    for (const [list, name] of [
      ['/desk', 'desk listing'],
      ['/desk/casts', 'desk answer'],
    ] as const) {
      await page.goto(address + list);
      await page.locator('a[data-row]').first().click();
      await page.waitForURL((url) => url.pathname !== list);
      await clean(name);
    }
  });

  test('everything was looked at and found clean', () => assert.deepEqual(findings, []));

  test('no page has complained', () => opened.checkQuiet());

  /** Opens the address, if there is one, and looks at the page once it has nothing more to load. */
  async function clean(name: string, address?: string, path = name): Promise<void> {
    const { page } = opened;
    if (address !== undefined) await page.goto(address + path);
    await page.locator('h1').waitFor();
    await settled(page);
    const found = await lookAt(page, name);
    findings.push(...found);
  }
});
