import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { trumpet } from '../story/goods.ts';
import { agree, wantIt } from '../story/telling.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { button, field } from './steps.ts';
import { castWant, enter, settleTown, type Town } from './town.ts';

const ARCHIVE = join(import.meta.dirname, '..', '..', 'fixtures', 'archives', 'body-forged.parley');
const FEED = 'id,title,price,availability\nt-1,Corvo cornet,180.00 EUR,in_stock\nt-2,No price,,in_stock\n';

/** The machine may be busy with others. */
const PATIENT = { timeout: 10 * 60_000 };

/** What a page becomes while somebody acts on it: dialogs, menus, second steps, forms, refusals, reports. */
describe('axe finds nothing in the states of the pages either', PATIENT, () => {
  let opened: Opened;
  let town: Town;
  let relationship: string;
  const findings: Finding[] = [];
  before(async () => {
    opened = await openBrowserNode();
    town = await settleTown(opened);
    const { offer, item } = await wantIt(town);
    relationship = await agree(town, offer, item);
    await town.shop.done('send-message', { relationship, text: 'It is ready.', signedAs: 'Jan' });
    await town.shop.done('publish-listing', trumpet(Date.now(), { title: 'Trumpet in a case' }));
    const isNew = { title: 'Trumpet, never played', attributes: { itemCondition: 'new' } };
    await town.shop.done('publish-listing', trumpet(Date.now(), isNew));
    await town.shop.until<{ counts: { listings: number } }>(
      'show-market',
      {},
      (it) => it.counts.listings === 4,
    );
    await town.shop.done('proffer-terms', { to: relationship });
    await castWant(town.maya, { words: 'a trumpet with a case' });
  });
  after(() => opened.close());

  test('refused at the door', PATIENT, async () => {
    const { page, address } = opened;
    await page.goto(`${address}/sign-in`);
    await field(page, t.start.handle).fill('maya');
    await field(page, t.start.passphrase).fill('not what it was');
    await button(page, t.start.signIn).click();
    await page.locator('.problem').waitFor();
    await clean('sign in refused');
  });

  test('the menu, the keys, and a node that does not answer', PATIENT, async () => {
    const { page, address } = opened;
    await enter(page, address, 'maya');
    await clean('today full');
    await button(page, t.frame.switchParty).click();
    await page.getByRole('menu').first().waitFor();
    await clean('menu open');
    await page.keyboard.press('Escape');
    await page.locator('h1').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await clean('keys dialog');
    await page.keyboard.press('Escape');
    await page.route('**/api/list-intents', (route) => route.abort());
    await page.goto(`${address}/wants`);
    await page.locator('.problem').waitFor();
    await clean('wants unreachable');
    await page.unroute('**/api/list-intents');
    await page.goto(`${address}/wants/none`);
    await page.locator('.problem').waitFor();
    await clean('want unknown');
  });

  test(
    'a want: the whole order, what was filtered out, the question before it is closed',
    PATIENT,
    async () => {
      const { page, address } = opened;
      await page.goto(`${address}/wants`);
      await page.getByRole('link', { name: 'a trumpet with a case' }).click();
      await page.getByText(t.offers.orderWhole).click();
      await button(page, t.offers.showFiltered(1)).click();
      await button(page, t.wants.closeAct).click();
      await clean('want asked to close');
    },
  );

  test(
    'a relationship: a promise to confirm, expectations, the question before it ends',
    PATIENT,
    async () => {
      const { page, address } = opened;
      await page.goto(`${address}/relationships/${relationship}`);
      await page
        .getByRole('button', { name: new RegExp(`^${t.relationships.confirm}: `) })
        .first()
        .click();
      await button(page, t.relationships.writeExpectations).click();
      await button(page, t.relationships.stopOf('E-mail', 'Fanfare', 'to say when it is ready')).click();
      await button(page, t.relationships.end).click();
      await button(page, t.terms.propose).click();
      await page.getByText(t.frame.asTable).click();
      await clean('relationship everything open');
    },
  );

  test('sharing, terms, data and deliveries', PATIENT, async () => {
    const { page, address } = opened;
    await page.goto(`${address}/relationships/sharing`);
    await button(page, t.relationships.stopOf('E-mail', 'Fanfare', 'to say when it is ready')).click();
    await clean('sharing asked');
    await page.goto(`${address}/terms`);
    await page.locator('.roster summary').first().click();
    await page.getByText(t.terms.text, { exact: true }).first().click();
    await clean('terms opened');
    await page.goto(`${address}/data`);
    await page.locator('[data-tick]').first().click();
    await button(page, t.data.tagAct).click();
    await clean('data ticked, to be tagged');
    await button(page, t.ticks.letGo).click();
    await page
      .getByRole('button', { name: new RegExp(`^${t.data.remove}`) })
      .first()
      .click();
    await page.getByText(t.data.trash, { exact: true }).click();
    await clean('data trash');
    await page.goto(`${address}/deliveries`);
    await field(page, t.deliveries.show).selectOption({ label: t.deliveries.shows.acted });
    await clean('deliveries received');
  });

  test('settings with a token, leaving with a false archive and a last question', PATIENT, async () => {
    const { page, address } = opened;
    await page.goto(`${address}/settings`);
    await field(page, t.settings.tokenLabel).fill('backup');
    await page.getByText(t.settings.scopes.reads).click();
    await button(page, t.settings.tokenMake).click();
    await page.getByText(t.settings.tokenOnce).waitFor();
    await clean('settings token');
    await page.goto(`${address}/leave`);
    const verify = page.getByRole('region', { name: t.leave.verify, exact: true });
    await verify.locator('input[type=file]').setInputFiles(ARCHIVE);
    await verify.getByLabel(t.leave.importPassphrase, { exact: true }).fill('correct horse battery');
    await button(verify, t.leave.verifyAct).click();
    await verify.locator('.problem, table').first().waitFor();
    await button(page, t.leave.removeAct).click();
    await clean('leave asked');
  });

  test('the desk: an answer refused, a report, agreements', PATIENT, async () => {
    const { page, address } = opened;
    await enter(page, address, 'fanfare');
    await page.goto(`${address}/desk/casts`);
    await page.locator('a[data-row]').first().click();
    await field(page, t.desk.price).fill('a lot');
    await clean('desk answer wrong');
    await page.goto(`${address}/desk/casts`);
    await field(page, t.deliveries.show).selectOption({ label: t.frame.all });
    await clean('desk casts all');
    await page.goto(`${address}/desk/import`);
    const file = { name: 'feed.csv', mimeType: 'text/csv', buffer: Buffer.from(FEED) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(t.desk.defaults).click();
    await button(page, t.desk.check).click();
    await page.getByRole('table', { name: t.desk.reportTitle }).waitFor();
    await clean('desk import report');
    await page.goto(`${address}/desk/agreements`);
    await clean('desk agreements full');
    await page.goto(`${address}/desk`);
    await page
      .getByRole('button', { name: new RegExp(`^${t.desk.withdraw}`) })
      .first()
      .click();
    await page.locator('.toast').waitFor();
    await clean('desk withdrawn');
    await page.locator('.ticks-all input').click();
    await button(page, t.desk.withdrawMany).click();
    await clean('desk asked to withdraw many');
    await button(page.locator('.two-steps'), t.desk.withdrawMany).click();
    await page.locator('.ticks .problem').waitFor();
    await clean('desk some not withdrawn');
  });

  test('every state was looked at and found clean', () => assert.deepEqual(findings, []));

  async function clean(name: string): Promise<void> {
    await settled(opened.page);
    findings.push(...(await lookAt(opened.page, name)));
  }
});
