import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { sharing } from '../../web/i18n/sharing.ts';
import type { Side } from '../story/sides.ts';
import { agree, wantIt } from '../story/telling.ts';
import { hasFocus, until } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { button, compared, field } from './steps.ts';
import { castWant, enter, settleTown, type Town } from './town.ts';

const FEED = `id,title,price,availability,condition,google_product_category
t-1,Corvo cornet,180.00 EUR,in_stock,used,Trumpets
t-2,Jorvik trumpet,240.00 EUR,in_stock,used,Trumpets
t-3,A trumpet without a price,,in_stock,used,Trumpets
`;

/** Each act from its button to what the other side has of it, in a real browser on a real node. */
describe('acts that bind, refuse and change, on their pages', { timeout: 5 * 60_000 }, () => {
  let opened: Opened;
  let town: Town;
  let relationship: string;
  before(async () => {
    opened = await openBrowserNode();
    town = await settleTown(opened);
    const { offer, item } = await wantIt(town);
    relationship = await agree(town, offer, item);
  });
  after(() => opened.close());

  test('a want that the market asks about is answered by hand', async () => {
    const { page, address } = opened;
    const want = await castWant(town.maya, { words: 'a trumpet with a case' });
    await enter(page, address, 'fanfare');
    await page.goto(`${address}/desk/casts`);
    await rowsOf(page, t.desk.casts).getByRole('link').first().click();
    const answer = button(page, t.desk.answer);
    await answer.waitFor();
    assert.ok(!(await answer.isEnabled()), 'an answer without a price is none');
    await field(page, t.desk.titleField).fill('A trumpet in its case');
    await field(page, t.desk.price).fill('275,50');
    await field(page, `${t.desk.answerNote} (${t.frame.optional})`).fill('With a mouthpiece.');
    await answer.click();
    await page.getByText(t.desk.answered).waitFor();
    await page.getByText(t.desk.castsEmptyTitle).waitFor();
    await page.goto(`${address}/desk/agreements`);
    await rowsOf(page, t.desk.answers).getByText('A trumpet in its case').waitFor();
    await enter(page, address, 'maya');
    await page.goto(`${address}/wants/${want}`);
    const table = compared(page);
    await table.getByText('A trumpet in its case').waitFor();
    await table.getByText('With a mouthpiece.').waitFor();
    await table.getByText('€275.50').first().waitFor();
  });

  test('an offer is declined, and stays in the list as declined', async () => {
    const { page } = opened;
    const decline = compared(page).getByRole('button', { name: new RegExp(`^${t.offers.decline}`) });
    await decline.first().click();
    await page.getByText(t.offers.declined('Fanfare')).waitFor();
    await page.getByText(t.offers.states.declined).first().waitFor();
    assert.equal(await decline.count(), 0, 'what is declined cannot be declined again');
  });

  test('terms are answered with others, which come back and are accepted', async () => {
    const { page, address } = opened;
    await town.shop.done('proffer-terms', { to: relationship });
    await town.maya.until<{ rows: object[] }>('list-proffers', {}, ({ rows }) => rows.length > 0);
    await enter(page, address, 'maya');
    await page.getByText(t.today.theirTerms).waitFor();
    await page.goto(`${address}/terms`);
    const mine = rowsOf(page, t.terms.answers);
    await button(mine, t.terms.propose).click();
    await field(mine, t.terms.proposeWhich).selectOption('SD-BASE-A');
    await button(mine, t.terms.proposeNow).click();
    await mine.getByText(t.terms.states.alternative).waitFor();
    assert.equal(await button(mine, t.terms.accept).count(), 0, 'it is their turn');
    await town.shop.until<{ rows: { isMyTurn: boolean }[] }>('list-proffers', {}, ({ rows }) =>
      rows.some((row) => row.isMyTurn),
    );
    await enter(page, address, 'fanfare');
    await page.goto(`${address}/relationships/${relationship}`);
    const theirs = rowsOf(page, t.terms.answers);
    await theirs.getByText(t.terms.states.alternative).waitFor();
    assert.equal(await button(theirs, t.terms.propose).count(), 0, 'there is only one alternative');
    await button(theirs, t.terms.accept).click();
    await theirs.getByText(t.terms.states.accepted).waitFor();
    await theirs.getByText('The service, and counting its use').waitFor();
  });

  test('a feed is checked, taken row by row, and what was refused says why', async () => {
    const { page, address } = opened;
    await page.goto(`${address}/desk/import`);
    const file = { name: 'feed.csv', mimeType: 'text/csv', buffer: Buffer.from(FEED) };
    await page.locator('input[type=file]').setInputFiles(file);
    await button(page, t.desk.check).click();
    const report = page.getByRole('table', { name: t.desk.reportTitle });
    await report.getByRole('row').nth(3).waitFor();
    assert.equal(await listed(town.shop, 'Jorvik'), 0, 'checking keeps nothing');
    await button(page, t.desk.run).click();
    await until(async () => (await listed(town.shop, 'Jorvik')) === 1, 'the feed is taken');
    await page.getByText(t.desk.jobDone).waitFor();
    await page.getByText(t.desk.onlyRefused).click();
    await until(async () => (await report.getByRole('row').count()) === 2, 'one row was refused');
    assert.match(await report.innerText(), /price/i);
    await page.goto(`${address}/desk`);
    await field(page, t.frame.search).fill('cornet');
    await rowsOf(page, t.desk.listings).getByText('Corvo cornet').waitFor();
    await rowsOf(page, t.desk.listings).getByRole('link').first().click();
    await page.getByText('Musical Instruments').first().waitFor();
  });

  test('who can see what is one press from Today, and is stopped in two steps', async () => {
    const { page, address } = opened;
    await enter(page, address, 'maya');
    await page.getByRole('link', { name: t.relationships.sharing, exact: true }).click();
    const shown = rowsOf(page, t.relationships.sharingTitle);
    const row = shown.getByRole('row').filter({ hasText: 'Fanfare' });
    for (const text of ['to say when it is ready', 'Fanfare']) await row.getByText(text).first().waitFor();
    await button(row, t.relationships.stopOf('E-mail', 'Fanfare', 'to say when it is ready')).click();
    await row.getByText(t.relationships.stopWhat).waitFor();
    const kept = button(row, t.relationships.stopKeep);
    assert.ok(await hasFocus(kept), 'the second step is not the default');
    await button(row, t.relationships.stopNow).click();
    await page.getByText(sharing.lead(0, 0)).waitFor();
    await field(page, sharing.show).selectOption({ label: sharing.shows.over });
    await row.getByText(t.relationships.grantStates.stopped).first().waitFor();
    const grants = await town.shop.until<{ rows: { state: string; value?: string }[] }>(
      'list-grants',
      { relationship },
      ({ rows }) => rows.every((grant) => grant.state === 'stopped'),
    );
    assert.equal(grants.rows[0]?.value, undefined);
  });

  test('no page has complained', () => opened.checkQuiet());
});

function rowsOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name, exact: true });
}

async function listed(shop: Side, search: string): Promise<number> {
  return (await shop.done<{ total: number }>('list-listings', { search })).total;
}
