import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { choosing } from '../../web/i18n/choosing.ts';
import { t } from '../../web/i18n/index.ts';
import { sharing } from '../../web/i18n/sharing.ts';
import { lookAt } from './axe.ts';
import { hasFocus, until } from './hands.ts';
import type { Opened } from './opened.ts';
import { openManyRows } from './opened-many.ts';
import { button, field } from './steps.ts';
import { enter } from './town.ts';

/** Generous: the machine may be busy with others. What a page does wrong with ten thousand rows takes far longer. */
const FIRST_ROWS_MS = 5_000;
const ANSWER_MS = 5_000;
/** How long a page may not answer to anything; on a quiet machine it is a tenth of that. */
const FREEZE_MS = 3_000;
const PAGE_ROWS = 100;

interface List {
  readonly who: 'maya' | 'fanfare';
  readonly path: string;
  readonly caption: string;
  /** What is typed, and the row that it finds; the rows that can be opened by key have a link. */
  readonly search?: readonly [typed: string, found: string];
  /** Chosen under this label first, because the list begins with something narrower. */
  readonly choose?: readonly [label: string, option: string];
  readonly hasNoLinks?: boolean;
  /** Every row has a page of its own behind it. */
  readonly opens?: boolean;
}

const LISTS: readonly List[] = [
  {
    who: 'maya',
    path: '/wants',
    caption: t.wants.title,
    search: ['number 9876', 'want number 9876'],
    opens: true,
  },
  {
    who: 'maya',
    path: '/relationships',
    caption: t.relationships.title,
    search: ['vendor 9876', 'Vendor 9876'],
  },
  {
    who: 'maya',
    path: '/relationships/sharing',
    caption: t.relationships.sharingTitle,
    search: ['vendor 9876', 'Vendor 9876'],
  },
  { who: 'maya', path: '/data', caption: t.data.title, search: ['note 9876', 'Note 9876'], opens: true },
  {
    who: 'maya',
    path: '/deliveries',
    caption: t.deliveries.title,
    choose: [t.deliveries.show, t.deliveries.shows.acted],
    hasNoLinks: true,
  },
  {
    who: 'fanfare',
    path: '/desk',
    caption: t.desk.listings,
    search: ['number 9876', 'trumpet'],
    opens: true,
  },
  { who: 'fanfare', path: '/desk/casts', caption: t.desk.casts },
];

describe('lists of ten thousand rows', { timeout: 5 * 60_000 }, () => {
  let opened: Opened;
  let acting = '';
  before(async () => {
    opened = await openManyRows();
  });
  after(() => opened.close());

  for (const list of LISTS) {
    test(`${list.path}: first rows, pages, search and keys`, async (context) => {
      const { page, address } = opened;
      if (acting !== list.who) await enter(page, address, list.who);
      acting = list.who;
      await page.goto(`${address}/more`);
      await watchFreezes(page);
      const first = await timed(async () => {
        await page.evaluate(
          `history.pushState(null, '', '${list.path}'); dispatchEvent(new PopStateEvent('popstate'))`,
        );
        if (list.choose) await field(page, list.choose[0]).selectOption({ label: list.choose[1] });
        await until(async () => (await rows(page, list).count()) >= PAGE_ROWS, 'a page of rows stands');
      });
      await turnPages(page, list);
      if (!list.hasNoLinks) await walk(page, list);
      const answered = list.search ? await search(page, list, list.search) : 0;
      const frozen = await longestFreeze(page);
      context.diagnostic(
        `${list.path}: first rows ${first} ms, search answered ${answered} ms, longest freeze ${frozen} ms`,
      );
      assert.ok(first < FIRST_ROWS_MS, `the first rows took ${first} ms`);
      assert.ok(answered < ANSWER_MS, `the search took ${answered} ms`);
      assert.ok(frozen < FREEZE_MS, `the page stood still for ${frozen} ms`);
    });
  }

  test('Today, and one row out of ten thousand by its address', async () => {
    const { page, address } = opened;
    await page.goto(`${address}/desk/casts/alias9999`);
    await button(page, t.desk.answer).waitFor();
    await enter(page, address, 'maya');
    await page.getByText(t.today.stands).waitFor();
    await page.goto(`${address}/data/item9999`);
    await page.getByRole('heading', { name: 'Note 9999' }).waitFor();
  });

  test('who can see what, of ten thousand: how many now, and at a glance what a search finds', async () => {
    const { page, address } = opened;
    await page.goto(`${address}/relationships/sharing`);
    await page.getByText(sharing.lead(1, 5001)).waitFor();
    await page.getByText(sharing.gridNot(100)).waitFor();
    await field(page, t.frame.search).fill('vendor 987');
    const grid = page.getByRole('region', { name: sharing.grid, exact: true });
    await grid.getByText('Vendor 9876').waitFor();
    await field(page, sharing.show).selectOption({ label: sharing.shows.over });
    await page.getByRole('row').filter({ hasText: 'Vendor 9877' }).waitFor();
    assert.equal(await grid.count(), 0);
  });

  test('one of ten thousand relationships is chosen for a rule, and keeps its name', async () => {
    const { page, address } = opened;
    await page.goto(`${address}/data/rules/new`);
    await field(page, t.rules.whomLabel).selectOption({ label: t.rules.whom.relationships });
    const add = field(page, t.rules.whichLabel);
    await field(page, choosing.search).fill('vendor 9876');
    await until(async () => (await add.locator('option').count()) === 2, 'the one is found');
    await field(page, choosing.search).press('Enter');
    await add.selectOption({ index: 1 });
    await button(page, `${t.rules.add_}: ${t.rules.whichLabel}`).click();
    const chosen = page.getByRole('list', { name: t.rules.chosen, exact: true });
    await chosen.getByText('Vendor 9876').waitFor();
    await field(page, choosing.search).fill('');
    await until(async () => (await add.locator('option').count()) === PAGE_ROWS + 1, 'the newest stand');
    await chosen.getByText('Vendor 9876').waitFor();
    assert.deepEqual(
      (await lookAt(page, 'a rule for one of many')).map((it) => it.what),
      [],
    );
  });

  test('while the next page is on its way, the foot counts the rows that stand', () => waitForPage(opened));

  test('no page has complained', () => opened.checkQuiet());
});

function rows(page: Page, list: List) {
  return page.getByRole('table', { name: list.caption, exact: true }).locator('tbody tr');
}

function linkOf(page: Page, list: List, at: number) {
  return rows(page, list).nth(at).getByRole('link');
}

/** Forth and back: other rows, then the same again; it says which of how many stand there. */
async function turnPages(page: Page, list: List): Promise<void> {
  const first = () => (list.hasNoLinks ? undefined : linkOf(page, list, 0).getAttribute('href'));
  const before = await first();
  const status = page.locator('.rows-foot [role=status]');
  await button(page, t.frame.next).click();
  await until(async () => /101–200/.test(await status.innerText()), 'the second page stands');
  if (!list.hasNoLinks) assert.notEqual(await first(), before);
  if (list.opens) {
    await linkOf(page, list, 1).click();
    await page.locator('a.back').waitFor();
    await page.goBack();
    await until(async () => /101–200/.test(await status.innerText()), 'Back finds the same page');
  }
  await button(page, t.frame.previous).click();
  await until(async () => /1–100/.test(await status.innerText()), 'the first page stands again');
  assert.equal(await first(), before);
}

/** The node's answer is held back for as long as somebody looks at the page that waits for it. */
async function waitForPage({ page, address }: Opened): Promise<void> {
  const [wants] = LISTS;
  assert.ok(wants);
  const status = page.locator('.rows-foot [role=status]');
  await page.goto(`${address}${wants.path}`);
  await until(async () => /1–100/.test(await status.innerText()), 'the first page stands');
  const first = await linkOf(page, wants, 0).getAttribute('href');
  const held = Promise.withResolvers<void>();
  await page.route('**/api/list-intents', async (route) => {
    await held.promise;
    await route.continue();
  });
  const asked = page.waitForRequest('**/api/list-intents');
  await button(page, t.frame.next).click();
  await asked;
  assert.match(await status.innerText(), /1–100/);
  assert.equal(await linkOf(page, wants, 0).getAttribute('href'), first);
  held.resolve();
  await until(async () => /101–200/.test(await status.innerText()), 'the second page stands');
  assert.notEqual(await linkOf(page, wants, 0).getAttribute('href'), first);
}

/** j goes down row by row, k goes up. */
async function walk(page: Page, list: List): Promise<void> {
  await page.locator('h1').focus();
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  const second = linkOf(page, list, 1);
  assert.ok(await hasFocus(second), 'the second row has the focus');
}

/** Types after `/`, and answers how long after the last key the row stood there. */
async function search(page: Page, list: List, [typed, found]: readonly [string, string]): Promise<number> {
  await page.keyboard.press('/');
  await page.keyboard.type(typed, { delay: 20 });
  const took = await timed(() =>
    until(async () => (await rows(page, list).count()) === 1, `${typed} is found`),
  );
  assert.match(await rows(page, list).innerText(), new RegExp(found, 'i'));
  if (list.opens) {
    await rows(page, list).getByRole('link').click();
    await page.locator('a.back').waitFor();
    await page.goBack();
    await until(async () => (await rows(page, list).count()) === 1, 'Back finds the same search');
  }
  return took;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return Math.round(performance.now() - began);
}

/** From here on the page notes every stretch in which it could not have answered. */
async function watchFreezes(page: Page): Promise<void> {
  await page.evaluate(`{
    globalThis.freezes = [];
    new PerformanceObserver((list) => freezes.push(...list.getEntries().map((it) => it.duration)))
      .observe({ type: 'longtask', buffered: false });
  }`);
}

function longestFreeze(page: Page): Promise<number> {
  return page.evaluate<number>('Math.round(Math.max(0, ...freezes))');
}
