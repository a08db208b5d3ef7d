import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { mouse } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { accept, begin, cast, compared, loadSample, openOffer, readWant } from './steps.ts';

const SENTENCE = 'a used trumpet for a beginner near Ghent, under 300 euro';
/** How many vendors the sample has in Belgium. */
const VENDORS = 100;

const APP = readFileSync(join(import.meta.dirname, '..', '..', 'web', 'routes', 'App.tsx'), 'utf8');

/** The machine may be busy with others. */
const PATIENT = { timeout: 10 * 60_000 };

/** The pages of somebody who has begun, by address. */
const MINE = [
  '/',
  '/deliveries',
  '/wants',
  '/relationships',
  '/relationships/sharing',
  '/relationships/invitations',
  '/data',
  '/data/new',
  '/data/import',
  '/data/files',
  '/data/keeping',
  '/data/keeping/begin',
  '/data/proofs',
  '/data/rules',
  '/data/rules/none/change',
  '/data/rules/new',
  '/terms',
  '/market',
  '/settings',
  '/settings/devices',
  '/leave',
  '/more',
  '/no/such/page',
];
const DESK = ['/desk', '/desk/listings/new', '/desk/import', '/desk/casts', '/desk/agreements'];

describe('axe finds nothing in either theme, and nothing scrolls sideways on a phone', PATIENT, () => {
  let opened: Opened;
  const hands = mouse();
  const findings: Finding[] = [];
  const seen = new Set<string>();
  before(async () => {
    opened = await openBrowserNode();
  });
  after(() => opened.close());

  test('what is wrong would be found', PATIENT, async () => {
    const { page } = opened;
    await page.setContent('<main><h1>Here</h1><p style="color:#bbb;width:500px">Pale and wide</p></main>');
    const found = (await lookAt(page, 'control')).map(({ where, what }) => `${where} ${what.split(':')[0]}`);
    for (const look of ['1440 light', '360 dark'])
      assert.ok(found.includes(`control ${look} color-contrast`));
    assert.ok(found.includes('control 360 wider than the window'));
  });

  test('before anybody has begun', PATIENT, async () => {
    const { address } = opened;
    for (const path of ['/start', '/sign-in', '/recover', '/start/import']) await clean(path, address);
  });

  test('the empty pages', PATIENT, async () => {
    await begin(opened, hands, 'Maya');
    await clean('start sample');
    for (const path of [...MINE, '/desk']) await clean(`empty ${path}`, opened.address, path);
    await opened.page.goto(`${opened.address}/start/sample`);
  });

  test('a want, from the sentence to an accepted offer', PATIENT, async () => {
    const { page } = opened;
    await loadSample(page, hands);
    await clean('new want');
    await readWant(page, hands, SENTENCE);
    await clean('new want read');
    const levels = page.getByRole('radiogroup', { name: t.wants.levels }).getByRole('radio');
    await hands.choose(levels.first());
    await page.getByText(t.wants.hold, { exact: true }).first().waitFor();
    await clean('new want too exact');
    await hands.choose(page.getByRole('radio', { name: t.wants.recommended }));
    await cast(page, hands);
    await clean('want with offers');
    await compared(page).waitFor();
    await openOffer(page, hands);
    await clean('accept');
    await accept(page, hands);
    await clean('relationship');
    const relationship = page.url();
    await page.goto(`${relationship}/agreement`);
    await page.getByText(t.relationships.signatures).first().waitFor();
    await clean('agreement');
    await page.goto(`${relationship}/give`);
    await page.locator('a[data-row]').first().waitFor();
    await clean('give');
    await page.locator('a[data-row]').first().click();
    await page.waitForURL(/\/give\/./);
    await clean('give one');
  });

  test('every page with something on it', PATIENT, async () => {
    const { page, address } = opened;
    for (const path of MINE) {
      await moveTo(page, path);
      await clean(path);
    }
    await page.goto(`${address}/data`);
    await page.locator('a[data-row]').first().click();
    await page.waitForURL((url) => url.pathname !== '/data');
    await clean('data item');
  });

  test('the desk of a vendor', PATIENT, async () => {
    const { page, address } = opened;
    const vendor = await page.evaluate(vendorWithWork, VENDORS);
    assert.notEqual(vendor, undefined, 'some vendor who answers by hand has a want to answer');
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

  test('every address of the program was looked at', () => {
    const routes = [...APP.matchAll(/ path="(\/[^"]*)"/g)].map(([, path = '']) => path);
    assert.ok(routes.length > 20);
    const pattern = (route: string) =>
      new RegExp(`^${route.replaceAll(/\/:\w+\?/g, '(/[^/]+)?').replaceAll(/:\w+/g, '[^/]+')}$`);
    assert.deepEqual(
      routes.filter((route) => ![...seen].some((path) => pattern(route).test(path))),
      [],
    );
  });

  test('everything was looked at and found clean', () => assert.deepEqual(findings, []));

  test('no page has complained', () => opened.checkQuiet());

  /** Opens the address, if there is one, and looks at the page once it has nothing more to load. */
  async function clean(name: string, address?: string, path = name): Promise<void> {
    const { page } = opened;
    if (address !== undefined) await page.goto(address + path);
    await page.locator('h1').waitFor();
    await settled(page);
    seen.add(new URL(page.url()).pathname);
    const found = await lookAt(page, name);
    findings.push(...found);
  }
});

/** As a link within the program does it; that each address opens by itself is seen on the empty pages. */
async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/** Runs in the page: from now on it acts as a vendor of the sample who has a want to answer by hand. */
async function vendorWithWork(vendors: number): Promise<string | undefined> {
  const ask = async (operation: string, input: object, as = {}): Promise<{ rows?: unknown[] }> => {
    const headers = { 'content-type': 'application/json', ...as };
    const response = await fetch(`/api/${operation}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    return (await response.json()) as { rows?: unknown[] }; // what list-casts answers
  };
  for (let number = 1; number <= vendors; number++) {
    const handle = `sample-be-${number}`;
    await ask('act-as-sample', { handle });
    const casts = await ask('list-casts', {}, { 'parley-as': handle });
    if (!casts.rows?.length) continue;
    sessionStorage.setItem('parley-as', handle);
    return handle;
  }
  return undefined;
}
