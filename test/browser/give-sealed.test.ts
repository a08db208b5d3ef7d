import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
  beginVault,
  type Remembered,
  type Result,
  type Surroundings,
  type Vault,
} from '../../device/index.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { passphraseKey } from '../../src/kernel/sealing.ts';
import { giving } from '../../web/i18n/giving.ts';
import { t } from '../../web/i18n/index.ts';
import { trumpet } from '../story/goods.ts';
import type { Side } from '../story/sides.ts';
import { PASSPHRASE } from '../story/telling.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { keyboard } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { button, field } from './steps.ts';
import { castWant, settleTown, type Town } from './town.ts';

const PATIENT = { timeout: 10 * 60_000 };
const OWN = 'a longer walk by the river';
const EMAIL = 'maya.quiet@example.org';
const TELEPHONE = '+32 470 99 88 77';

/** Accepting what asks for something that only devices open, and giving it from the page. */
describe('what only devices open is given from the page', PATIENT, () => {
  let opened: Opened;
  let town: Town;
  let vault: Vault;
  const findings: Finding[] = [];
  const sent: string[] = [];
  before(async () => {
    opened = await openBrowserNode();
    town = await settleTown(opened);
    vault = await sealContact(town.maya);
    opened.page.on('request', (request) => sent.push(request.postData() ?? ''));
  });
  after(() => opened.close());

  async function clean(name: string): Promise<void> {
    await settled(opened.page);
    findings.push(...(await lookAt(opened.page, name)));
  }

  test('by the keyboard: promised, compared, locked here and opened there', PATIENT, async () => {
    const { page, address } = opened;
    const { maya, shop } = town;
    const asks = [{ property: 'schema:email', purpose: 'to write', days: 30, required: true }];
    await shop.done('publish-listing', trumpet(Date.now(), { title: 'A quiet one', demands: { asks } }));
    const want = await castWant(maya, {});
    type Offers = { rows: { id: string; title: string }[] };
    const isIt = (it: { title: string }): boolean => it.title === 'A quiet one';
    const asked = { intent: want, showFiltered: true };
    const { rows } = await maya.until<Offers>('list-offers', asked, (it) => it.rows.some(isIt));
    await page.goto(`${address}/sign-in`);
    await field(page, t.start.handle).fill('maya');
    await field(page, t.start.passphrase).fill(OWN);
    await button(page, t.start.signIn).click();
    await page.locator('[data-acting="maya"]').waitFor();
    await page.goto(`${address}/wants/${want}/offers/${rows.find(isIt)?.id}`);
    const hands = keyboard(page);
    await unlockIfLocked(page, page.locator('.disclosure'));
    await page.getByRole('radio', { name: t.keeping.giveHere }).waitFor();
    await clean('accept, from this device');
    await hands.choose(page.getByRole('radio', { name: t.keeping.giveHere }));
    await hands.press(button(page, t.accept.accept));
    await page.waitForURL(/\/relationships\/[^/]+$/);
    const mine = page.getByRole('region', { name: t.relationships.sharedMine, exact: true });
    await mine.getByText(giving.owedWhy).waitFor();
    await mine.getByText(EMAIL).waitFor();
    await mine.getByText(giving.codeCompare('Fanfare')).waitFor();
    await clean('give from this device');
    // Another device lets the node read it again: then the node can give it, until that device takes it back.
    assert((await vault.serveCategory('contact')).ok);
    await button(mine, giving.giveServed('E-mail')).waitFor();
    await mine.getByText(EMAIL).waitFor();
    await clean('give what is served again');
    const relationship = page.url().split('/').at(-1);
    // This browser takes somebody else for them, and its owner says that it shall forget that.
    await mistake(page, `compared:${vault.whose.home}:${relationship}`);
    assert((await vault.sealCategory('contact')).ok);
    await mine.locator('[data-code="relationship-other"]').waitFor();
    await hands.press(button(mine, giving.forgetCode));
    await clean('somebody else than was compared');
    await hands.press(button(mine, giving.forgetCodeNow));
    await mine.getByText(giving.codeCompare('Fanfare')).waitFor();
    const theirs = await shop.done<{ keys: { code: string } }>('get-relationship', { relationship });
    const { code } = theirs.keys;
    const shown = await page.locator('body').innerText();
    const groups = code.split(' ').filter((group) => shown.includes(group));
    assert.deepEqual(groups, [], 'nothing of what they read out is on this page');
    const give = button(mine, giving.giveHereOf('E-mail'));
    assert.equal(await give.isDisabled(), true, 'nothing was compared yet');
    const slip = code.endsWith('0') ? '1' : '0';
    await hands.write(field(mine, giving.codeTheirs), code.slice(0, -1) + slip);
    assert.equal(await give.isDisabled(), true, 'both live on this node, and that was not read yet');
    await mine.getByRole('checkbox', { name: giving.sameNode('Fanfare') }).press(' ');
    await hands.press(give);
    await mine.locator('[data-code="digits-differ"]').waitFor();
    await clean('other digits than this device works out');
    await hands.write(field(mine, giving.codeTheirs), code.replaceAll(' ', ''));
    await hands.press(button(mine, giving.giveHereOf('E-mail')));
    await mine.getByText(t.grants.openedByThem).waitFor();
    type Grants = { rows: { id: string; isMine: boolean }[] };
    const held = await shop.until<Grants>('list-grants', { relationship }, (it) => it.rows.length > 0);
    const grant = held.rows.find((it) => !it.isMine)?.id;
    assert.equal((await shop.done<{ value: string }>('open-grant', { grant })).value, EMAIL);
    await clean('given from this device');
    assert.doesNotMatch(sent.join('\n'), /maya\.quiet/, 'the node never had it');
    assert.deepEqual(findings, []);
    opened.checkQuiet();
  });

  test('at any time, unasked: by the node while it is locked, then unlocked, chosen, twice only, and seen', async () => {
    const { page } = opened;
    const { maya, shop } = town;
    const relationship = page.url().split('/').at(-1) ?? '';
    assert((await vault.put({ property: 'schema:telephone', value: TELEPHONE })).ok);
    await maya.done('put-item', { property: 'vcard:note', value: 'Ring twice' });
    const hands = keyboard(page);
    await page.reload();
    await hands.press(page.getByRole('link', { name: giving.more }));
    await page.getByText(giving.moreLocked(t.keeping.kinds.contact)).waitFor();
    await page.getByText('Ring twice').waitFor();
    assert.equal(await page.getByText(TELEPHONE).count(), 0, 'locked');
    await clean('give anything, locked');
    await hands.press(page.getByRole('link', { name: 'Note', exact: true }));
    await hands.write(field(page, giving.forWhat), 'to find the door');
    await field(page, `${giving.lastDay} (${t.frame.optional})`).fill('2099-12-31');
    await hands.press(button(page, giving.giveServed('Note')));
    const mine = page.getByRole('region', { name: t.relationships.sharedMine, exact: true });
    await mine.getByText('31 Dec 2099', { exact: false }).waitFor();
    await hands.press(page.getByRole('link', { name: giving.more }));
    await hands.press(button(page, t.keeping.unlock));
    await field(page, t.keeping.passphrase).fill(OWN);
    await page.keyboard.press('Enter');
    await page.getByText(TELEPHONE).waitFor();
    await clean('give anything, unlocked');
    await hands.press(page.getByRole('link', { name: 'Phone' }));
    await page.getByText(giving.codeKnown('Fanfare')).waitFor();
    const give = button(page, giving.giveHereOf('Phone'));
    await hands.write(field(page, giving.forWhat), 'to call before you come');
    await page.getByRole('checkbox', { name: t.grants.timesAsk }).press(' ');
    await hands.write(field(page, t.grants.timesLabel), '2');
    assert.equal(await give.isDisabled(), true, 'both live on this node, and that was not read yet');
    await page.getByRole('checkbox', { name: giving.sameNode('Fanfare') }).press(' ');
    await clean('give anything, its terms');
    await hands.press(give);
    await page.waitForURL(/\/relationships\/[^/]+$/);
    await mine.getByText('to call before you come').waitFor();
    type Grants = { rows: { id: string; purpose: string; times?: number }[] };
    const isIt = (it: Grants['rows'][number]): boolean => it.purpose === 'to call before you come';
    const held = await shop.until<Grants>('list-grants', { relationship }, (it) => it.rows.some(isIt));
    const grant = held.rows.find(isIt);
    assert.equal(grant?.times, 2);
    assert.equal((await shop.done<{ value: string }>('open-grant', { grant: grant?.id })).value, TELEPHONE);
    type Sharing = { rows: { purpose: string; label: string; state: string }[] };
    const { rows } = await maya.done<Sharing>('show-sharing', {});
    assert.deepEqual(
      rows.filter((it) => it.purpose === grant?.purpose).map((it) => [it.label, it.state]),
      [['Phone', 'active']],
    );
    assert.doesNotMatch(sent.join('\n'), /470 99/, 'the node never had it');
    assert.deepEqual(findings, []);
    opened.checkQuiet();
  });
});

/** As if the code had been compared with somebody else. */
async function mistake(page: Page, name: string): Promise<void> {
  const it = { counter: 0, digest: 'of somebody else', root: 1, isSplit: true };
  const kept = [`parley-sealed ${name}`, JSON.stringify(it)] as const;
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), kept);
}

async function unlockIfLocked(page: Page, within: Locator): Promise<void> {
  const unlock = button(within, t.keeping.unlock);
  const ready = page.getByRole('radio', { name: t.keeping.giveHere });
  await unlock.or(ready).first().waitFor();
  if (await ready.isVisible()) return;
  await unlock.click();
  await field(within, t.keeping.passphrase).fill(OWN);
  await button(within, t.keeping.unlock).click();
}

/** As another device of hers, through the same door. */
async function sealContact(maya: Side): Promise<Vault> {
  const { acting } = await maya.done<{ acting: { id: string; handle: string } }>('who-am-i');
  const kept = new Map<string, Remembered>();
  const s: Surroundings = {
    call: (operation, input) => maya.call(operation, input) as Promise<Result<unknown>>, // an answer is a result
    send: async () => assert.fail('no file is sent here'),
    take: async () => assert.fail('no file is taken here'),
    memory: {
      recall: async (name) => kept.get(name),
      remember: async (name, it) => void kept.set(name, it),
      forget: async () => {},
      names: async () => [],
    },
    random: (count) => systemRandom.bytes(count),
    argon2: passphraseKey,
    now: () => Date.now(),
  };
  const whose = { home: acting.id, handle: acting.handle };
  const begun = await beginVault(s, { ...whose, passphrase: PASSPHRASE, newPassphrase: OWN });
  assert(begun.ok, JSON.stringify(begun));
  const { vault } = begun.value;
  assert((await vault.sealCategory('contact')).ok);
  assert((await vault.put({ property: 'schema:email', value: EMAIL })).ok);
  return vault;
}
