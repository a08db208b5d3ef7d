import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { GRANT_LIMITS } from '../../src/grants/limits.ts';
import { t } from '../../web/i18n/index.ts';
import { sharing } from '../../web/i18n/sharing.ts';
import { trumpet } from '../story/goods.ts';
import { agree, PASSPHRASE, wantIt } from '../story/telling.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { hasFocus, keyboard } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { button, field } from './steps.ts';
import { castWant, enter, settleTown, type Town } from './town.ts';

const EMAIL = 'maya@example.org';
/** The machine may be busy with others. */
const PATIENT = { timeout: 10 * 60_000 };

/** What is shared, on the pages of both sides, by the keyboard alone. */
describe(
  'what is given lies locked, is opened, stopped and said to be erased, on their pages',
  PATIENT,
  () => {
    let opened: Opened;
    let town: Town;
    let relationship: string;
    const findings: Finding[] = [];
    before(async () => {
      opened = await openBrowserNode();
      town = await settleTown(opened);
      const { offer, item } = await wantIt(town);
      relationship = await agree(town, offer, item);
    });
    after(() => opened.close());

    async function clean(name: string): Promise<void> {
      await settled(opened.page);
      findings.push(...(await lookAt(opened.page, name)));
    }

    async function at(handle: string, path: string): Promise<Page> {
      const { page, address } = opened;
      await enter(page, address, handle);
      await page.goto(`${address}${path}`);
      return page;
    }

    test('the vendor sees what it was given locked, opens it, and closes it again', PATIENT, async () => {
      const page = await at('fanfare', `/relationships/${relationship}`);
      const hands = keyboard(page);
      const theirs = side(page, t.relationships.sharedTheirs);
      await theirs.getByText(t.grants.unopened).waitFor();
      assert.doesNotMatch(await page.content(), /maya@example/, 'the page itself has nothing of it');
      await clean('grant locked');
      await hands.press(button(theirs, t.grants.openOf('E-mail')));
      await theirs.getByText(EMAIL).waitFor();
      await theirs.getByText(t.grants.toldLater).waitFor();
      await clean('grant opened');
      await hands.press(button(theirs, t.grants.hideOf('E-mail')));
      await theirs.getByText(t.grants.unopened).waitFor();
      assert.doesNotMatch(await page.content(), /maya@example/);
    });

    test('its owner sees how often and when, one press from Today', PATIENT, async () => {
      const page = await at('maya', '/');
      await keyboard(page).press(page.getByRole('link', { name: t.relationships.sharing, exact: true }));
      const row = page.getByRole('row').filter({ hasText: 'Fanfare' }).last();
      await row.getByText(t.grants.times(1)).waitFor();
      await row.getByText(t.grants.lastBy(t.grants.by.person)).waitFor();
      await clean('who can see what, opened');
    });

    test('of several parties: the grid keeps its rows on a phone, and each stop says what and with whom', async () => {
      const page = await at('maya', '/');
      let isPart = false;
      // As if she had given it to seven, and to the first of them for something else too.
      await page.route('**/api/show-sharing', async (route) => {
        const answer = await route.fetch();
        const [row] = (await answer.json()).rows;
        const { until: _, ...endless } = { ...row, id: 'again', relationship: 'with0', with: 'Shop 0' };
        const others = Array.from({ length: 7 }, (_, at) => ({
          relationship: `with${at}`,
          with: `Shop ${at}`,
        }));
        const rows = others.map((other, at) => ({ ...row, id: `grant${at}`, ...other }));
        const all = [...rows, { ...endless, purpose: 'to write at Christmas' }];
        const counts = { items: 1, parties: 7, over: 0 };
        await route.fulfill({
          response: answer,
          json: { rows: all, ...counts, ...(isPart && { next: 'more' }) },
        });
      });
      await page.goto(`${opened.address}/relationships/sharing`);
      await page.getByText(sharing.lead(1, 7)).waitFor();
      const grid = page.getByRole('region', { name: sharing.grid, exact: true });
      const seen = await grid.getByRole('cell').allInnerTexts();
      assert.deepEqual(
        seen.map((text) => text === t.relationships.noEnd),
        [true, false, false, false, false, false, false],
        'until the last of two ends',
      );
      await clean('who can see what, several');
      await page.setViewportSize({ width: 360, height: 900 });
      const name = grid.getByRole('rowheader');
      const before = await name.boundingBox();
      await page.evaluate(`document.querySelector('.scroll').scrollBy(400, 0)`);
      const cell = await grid.getByRole('cell').first().boundingBox();
      assert.ok((cell?.x ?? 0) < (before?.x ?? 0), 'the parties have gone by');
      assert.deepEqual(await name.boundingBox(), before, 'what a row is of stays in place');
      const isOnTop = await page.evaluate<boolean>(`(() => {
        const name = document.querySelector('.grid tbody th');
        const { right, top, height } = name.getBoundingClientRect();
        const isOver = name.contains(document.elementFromPoint(right - 4, top + height / 2));
        return isOver && getComputedStyle(name).backgroundColor.startsWith('rgb(');
      })()`);
      assert.equal(isOnTop, true, 'and nothing shows through it');
      await page.setViewportSize({ width: 1440, height: 900 });
      const stops = page.getByRole('button', { name: new RegExp(`^${t.relationships.stop}`) });
      const names = await Promise.all((await stops.all()).map((it) => it.getAttribute('aria-label')));
      assert.deepEqual([names.length, new Set(names).size], [8, 8]);
      assert.ok(names.every((it) => /E-mail with Shop \d/.test(it ?? '')));
      // Of a part of the list it would say of others that they see nothing.
      isPart = true;
      await page.reload();
      await stops.first().waitFor();
      assert.equal(await grid.count(), 0);
      await page.getByText(sharing.gridNot(GRANT_LIMITS.atAGlance)).waitFor();
      await page.getByText(sharing.lead(1, 7)).waitFor();
      await clean('who can see what, more than fits a picture');
      await page.unroute('**/api/show-sharing');
    });

    test(
      'to a Parley that says no keys it waits, and its owner reads plainly what unlocked means',
      PATIENT,
      async () => {
        const page = await at('maya', '/');
        // What such a neighbour would leave here: nothing has gone out, and nobody has said how to lock it.
        await page.route('**/api/list-grants', async (route) => {
          const answer = await route.fetch();
          const { rows, ...rest } = await answer.json();
          const planned = rows.map(({ since: _, version: __, ...row }: object & Record<string, unknown>) => ({
            ...row,
            state: 'planned',
          }));
          const json = { ...rest, rows: planned, waiting: rows.length, canLock: false };
          await route.fulfill({ response: answer, json });
        });
        await page.goto(`${opened.address}/relationships/${relationship}`);
        const mine = side(page, t.relationships.sharedMine);
        await mine.getByText(t.grants.waitsWhy).waitFor();
        await keyboard(page).press(button(mine, t.grants.giveReadable));
        await mine.getByText(t.grants.giveReadableWhat).waitFor();
        await clean('grant waits, unlocked asked');
        await keyboard(page).press(button(mine, t.grants.giveReadableKeep));
        await page.unroute('**/api/list-grants');
        // What follows is refused once, which a browser complains of.
        opened.checkQuiet();
      },
    );

    test(
      'after the stop the vendor says what became of copies, and its owner reads it',
      PATIENT,
      async () => {
        const stopped = await at('maya', '/relationships/sharing');
        const given = stopped.getByRole('row').filter({ hasText: 'Fanfare' }).last();
        await keyboard(stopped).press(
          button(given, t.relationships.stopOf('E-mail', 'Fanfare', 'to say when it is ready')),
        );
        await given.getByText(t.relationships.stopWhat).waitFor();
        await keyboard(stopped).press(button(given, t.relationships.stopNow));
        await stopped.getByText(sharing.lead(0, 0)).waitFor();
        await clean('who can see what, nothing now');
        await stopped.goto(`${opened.address}/relationships/sharing?state=over`);
        await given.getByText(t.grants.deletion.erased).waitFor();
        const page = await at('fanfare', `/relationships/${relationship}`);
        const hands = keyboard(page);
        const theirs = side(page, t.relationships.sharedTheirs);
        await hands.press(theirs.getByText(sharing.overTheirs));
        await theirs.getByText(t.grants.deletionMine.erased).waitFor();
        await hands.press(button(theirs, t.grants.stateOf('E-mail')));
        await hands.choose(theirs.getByRole('radio', { name: t.grants.stateWhat['kept-by-law'] }));
        await hands.press(button(theirs, t.grants.stateNow));
        await theirs.getByText('Say which law.').waitFor();
        await clean('deletion stated wrong');
        await hands.write(field(theirs, t.grants.words), 'The invoice, by the tax law.');
        await hands.press(button(theirs, t.grants.stateNow));
        await theirs.getByText(t.grants.deletionMine['kept-by-law']).waitFor();
        await clean('deletion stated');
        const read = await at('maya', '/relationships/sharing?state=over');
        const row = read.getByRole('row').filter({ hasText: 'Fanfare' }).last();
        await row.getByText(t.grants.deletion['kept-by-law']).waitFor();
        await row.getByText('The invoice, by the tax law.').waitFor();
        await clean('who can see what, stopped');
      },
    );

    test(
      'what may be opened twice says so on both pages, and is erased after the second time',
      PATIENT,
      async () => {
        const { maya, shop } = town;
        const asks = [{ property: 'schema:email', purpose: 'to write', days: 30, required: true }];
        await shop.done('publish-listing', trumpet(Date.now(), { title: 'A second one', demands: { asks } }));
        const want = await castWant(maya, {});
        const isIt = (it: { title: string }): boolean => it.title === 'A second one';
        type Offers = { rows: { id: string; title: string }[] };
        const asked = { intent: want, showFiltered: true };
        const { rows } = await maya.until<Offers>('list-offers', asked, (it) => it.rows.some(isIt));
        const offer = rows.find(isIt)?.id;
        const accepting = await at('maya', `/wants/${want}/offers/${offer}`);
        const hands = keyboard(accepting);
        await hands.choose(accepting.getByRole('radio', { name: t.accept.share, exact: true }));
        await accepting.getByRole('checkbox', { name: t.grants.timesAsk }).press(' ');
        await hands.write(field(accepting, t.grants.timesLabel), '0');
        await accepting.getByText(t.grants.timesRange(100)).waitFor();
        await clean('accept, opened no number of times');
        await hands.write(field(accepting, t.grants.timesLabel), '2');
        await hands.press(button(accepting, t.accept.accept));
        await accepting.waitForURL(/\/relationships\/[^/]+$/);
        const relationship = accepting.url().split('/').at(-1);
        await side(accepting, t.relationships.sharedMine).getByText(t.grants.timesOf(0, 2)).waitFor();
        const page = await at('fanfare', `/relationships/${relationship}`);
        const theirs = side(page, t.relationships.sharedTheirs);
        for (const left of [1, 0]) {
          await keyboard(page).press(button(theirs, t.grants.openOf('E-mail')));
          await theirs.getByText(t.grants.left(left)).waitFor();
          await theirs.getByText(EMAIL).waitFor();
          if (left === 0) await theirs.getByText(t.grants.usedUp).waitFor();
          await theirs.getByText(t.grants.timesOf(2 - left, 2)).waitFor();
          await clean(`grant opened, ${left} left`);
          await keyboard(page).press(button(theirs, t.grants.hideOf('E-mail')));
        }
        assert.equal(await button(theirs, t.grants.openOf('E-mail')).count(), 0);
        const read = await at('maya', '/relationships/sharing?state=over');
        const used = read.getByRole('row').filter({ hasText: t.grants.timesOf(2, 2) });
        await used.getByText(t.grants.usedUp).waitFor();
        await clean('who can see what, used up');
        // As the receipts of an altered program would count.
        await read.route('**/api/show-sharing', async (route) => {
          const answer = await route.fetch();
          const text = (await answer.text()).replaceAll('"openings":{"count":2', '"openings":{"count":5');
          await route.fulfill({ response: answer, body: text });
        });
        await read.reload();
        await read.getByText(t.grants.tooOften).waitFor();
        await clean('who can see what, too often');
        await read.unroute('**/api/show-sharing');
      },
    );

    test('what does not fit is said beside its field, or with the rest, and by no name of the program', async () => {
      const page = await at('maya', '/settings/devices');
      const hands = keyboard(page);
      const problem = page.locator('[data-code="input-invalid"]');
      const form = side(page, t.settings.passphrase);
      await hands.write(field(form, t.settings.old), PASSPHRASE);
      await hands.write(field(form, t.settings.next), 'short');
      await hands.press(button(form, t.settings.change));
      await page.getByText('Use at least 10 characters.', { exact: true }).waitFor();
      const said = 'Something that was filled in does not fit. Correct it and try again.';
      assert.equal(await problem.innerText(), said);
      const next = field(form, t.settings.next);
      assert.deepEqual([await next.getAttribute('aria-invalid'), await hasFocus(next)], ['true', true]);
      await clean('passphrase too short');
      const fields = { old: 'Write something here.', elsewhere: 'Choose at least one.' };
      const json = { code: 'input-invalid', title: 'It does not fit.', detail: 'Correct it.', fields };
      await page.route('**/api/change-passphrase', (route) => route.fulfill({ status: 422, json }));
      await hands.press(button(form, t.settings.change));
      await page.getByText('It does not fit. Choose at least one. Correct it.').waitFor();
      await page.getByText('Write something here.', { exact: true }).waitFor();
      await page.unroute('**/api/change-passphrase');
    });

    test('what could not be read is not said to be nothing', async () => {
      const page = await at('maya', '/');
      await page.route('**/api/list-grants', (route) => route.abort());
      await page.goto(`${opened.address}/relationships/${relationship}`);
      const mine = side(page, t.relationships.sharedMine);
      await page.locator('[data-code="node-unreachable"]').first().waitFor();
      assert.equal(await mine.getByText(t.relationships.sharedNothing).count(), 0);
      await page.unroute('**/api/list-grants');
    });

    test('axe finds nothing in any of it', () => assert.deepEqual(findings, []));
  },
);

const side = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
