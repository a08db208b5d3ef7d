import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { addDevice, type Device } from './authenticators.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { keyboard, mouse, until } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { begin, button, field } from './steps.ts';

/** The machine may be busy with others. */
const PATIENT = { timeout: 5 * 60_000 };
const NEW_PASSPHRASE = 'another horse battery';

/** Somebody's passkeys from the first to the last, in a real browser with devices that are played. */
describe('passkeys, devices and what is on paper, on their pages', PATIENT, () => {
  let opened: Opened;
  let address: string;
  let other: { context: BrowserContext; page: Page };
  let laptop: Device;
  let phone: Device;
  const findings: Finding[] = [];
  const hands = mouse();
  before(async () => {
    opened = await openBrowserNode();
    address = opened.address.replace('127.0.0.1', 'localhost');
    const context = await opened.browser.newContext();
    context.setDefaultTimeout(30_000);
    other = { context, page: await context.newPage() };
  });
  after(() => opened.close());

  test('a page that was opened by a number says where passkeys work, and leads there', PATIENT, async () => {
    const { page } = opened;
    await page.goto(`${opened.address}/sign-in`);
    await field(page, t.start.passphrase).waitFor();
    assert.equal(await button(page, t.devices.use).count(), 0);
    await look(page, 'sign in by number');
    await page.getByRole('link', { name: `${address}/sign-in` }).click();
    await page.waitForURL(`${address}/sign-in`);
    await button(page, t.devices.use).waitFor();
    await look(page, 'sign in by name');
  });

  test('with the keyboard only a device is added, and opens everything', PATIENT, async () => {
    const { page } = opened;
    const printed = opened.printed.replace('127.0.0.1', 'localhost');
    await begin({ ...opened, printed }, hands, 'Maya');
    laptop = await addDevice(page, { opensKeys: true });
    await page.goto(`${address}/settings/devices`);
    await field(page, t.devices.addName).waitFor();
    await look(page, 'devices of a newcomer');
    const keys = keyboard(page);
    await keys.write(field(page, t.devices.addName), 'my laptop');
    await keys.write(field(page, t.devices.addProof).first(), 'not what it was');
    await keys.press(button(page, t.devices.add));
    await page.locator('.problem[data-code="passphrase-wrong"]').waitFor();
    await keys.write(field(page, t.devices.addProof).first(), PASSPHRASE);
    await keys.press(button(page, t.devices.add));
    await wayOf(page, 'my laptop').getByText(t.devices.opensAll).waitFor();
    assert.equal((await laptop.passkeys()).count, 1, 'a slip in the passphrase costs no second passkey');
    await look(page, 'devices with one');
    await signOut(page);
    await keys.press(button(page, t.devices.use));
    await page.locator('[data-acting="maya"]').waitFor();
    await page.goto(`${address}/settings/devices`);
    await wayOf(page, 'my laptop').getByText(t.devices.opensAll).waitFor();
    assert.equal(await wayOf(page, 'my laptop').getByText(t.devices.never).count(), 0);
  });

  test('a second device signs in with the passphrase once, and then by itself', PATIENT, async () => {
    const { page } = other;
    await signIn(page);
    phone = await addDevice(page, { opensKeys: true });
    await page.goto(`${address}/settings/devices`);
    await add(page, 'my phone');
    await wayOf(page, 'my phone').getByText(t.devices.opensAll).waitFor();
    await wayOf(page, 'my laptop').waitFor();
    await signOut(page);
    await button(page, t.devices.use).click();
    await page.locator('[data-acting="maya"]').waitFor();
    assert.equal((await phone.passkeys()).count, 1);
  });

  test(
    'a device that has a passkey of hers makes no second one, not even on the word of that one',
    PATIENT,
    async () => {
      const { page } = opened;
      await page.goto(`${address}/settings/devices`);
      await field(page, t.devices.addName).fill('again my laptop');
      await button(page, t.devices.addAgain).click();
      await page.locator('.problem[data-code="passkey-here"]').waitFor();
      assert.equal((await laptop.passkeys()).count, 1, 'a device that has one makes no other');
    },
  );

  test('a passkey is renamed and removed, with the browser that came in by it', PATIENT, async () => {
    const { page } = opened;
    await page.goto(`${address}/settings/devices`);
    await button(page, t.devices.renameOf('my phone')).click();
    await field(wayOf(page, 'my phone').or(page.getByRole('table')).first(), t.devices.addName).fill(
      'the lost phone',
    );
    await page.getByRole('table').getByRole('button', { name: t.devices.rename, exact: true }).click();
    await wayOf(page, 'the lost phone').waitFor();
    await button(page, t.devices.removeOf('the lost phone')).click();
    await page.getByText(t.devices.removeSessions(1)).waitFor();
    await look(page, 'devices removing one');
    await button(page, t.devices.remove).click();
    await page.getByText(t.devices.removed('the lost phone', 1)).waitFor();
    await until(async () => (await wayOf(page, 'the lost phone').count()) === 0, 'it is gone from the list');
    const lost = other.page;
    await lost.goto(`${address}/`);
    await button(lost, t.devices.use).click();
    await lost.locator('.problem[data-code="passkey-refused"]').waitFor();
    await look(lost, 'passkey refused');
  });

  test('a device that opens no keys signs in, and says what it cannot do', PATIENT, async () => {
    const { page } = other;
    await phone.lose();
    const old = await addDevice(page, { opensKeys: false });
    await signIn(page);
    await page.goto(`${address}/settings/devices`);
    await add(page, 'an old key');
    await page.getByText(t.devices.addedWeak('an old key')).waitFor();
    await wayOf(page, 'an old key').getByText(t.devices.signsInOnly).waitFor();
    await look(page, 'devices with a weak one');
    await signOut(page);
    await button(page, t.devices.use).click();
    await page.locator('[data-acting="maya"]').waitFor();
    await page.goto(`${address}/settings/devices`);
    const recovery = page.getByRole('region', { name: t.settings.recovery });
    await button(recovery, t.settings.recoveryShow).click();
    await recovery.locator('.problem[data-code="passphrase-needed"]').waitFor();
    await look(page, 'recovery code asks for the passphrase');
    await field(recovery, t.devices.addProof).fill(PASSPHRASE);
    await button(recovery, t.settings.recoveryShow).click();
    assert.equal((await codesOf(recovery)).length, 1);
    await old.lose();
  });

  test(
    'three shares are made, each for a sheet of its own, and nothing else is printed',
    PATIENT,
    async () => {
      const { page } = opened;
      await page.goto(`${address}/settings/devices`);
      const shares = page.getByRole('region', { name: t.devices.sharesTitle });
      await field(shares, t.devices.addProof).fill(PASSPHRASE);
      await button(shares, t.devices.sharesMake).click();
      await page.getByText(t.devices.sharesOnce).waitFor();
      await look(page, 'shares shown');
      const codes = await codesOf(shares);
      assert.equal(codes.length, 3);
      await page.emulateMedia({ media: 'print' });
      const printed = await page.evaluate<string>('document.body.innerText');
      await page.emulateMedia({ media: 'screen' });
      const lines = printed.split('\n').filter((line) => line.trim() !== '');
      for (const [at, code] of codes.entries()) {
        assert.ok(printed.includes(t.devices.shareSheet(at)));
        for (const group of code.split('-')) assert.ok(printed.includes(group));
      }
      assert.ok(printed.includes(t.devices.sheetFor('Maya', 'maya')) && printed.includes(address));
      for (const left of [t.devices.lead, t.devices.ways, t.frame.settings, t.devices.print])
        assert.ok(!lines.includes(left), `${left} is printed`);
      await button(page, t.devices.sharesDone).click();
      await page.getByText(t.devices.sharesThere).waitFor();
      const back = other.page;
      await signOut(back);
      await back.goto(`${address}/recover`);
      await hands.choose(back.getByRole('radio', { name: t.devices.byShares }));
      await field(back, t.start.handle).fill('maya');
      await field(back, t.devices.first).fill(codes[0] ?? '');
      await field(back, t.devices.second).fill(codes[0] ?? '');
      await field(back, t.start.newPassphrase).fill(PASSPHRASE);
      await button(back, t.start.recover).click();
      await back.locator('.problem[data-code="shares-alike"]').waitFor();
      await look(back, 'recover with shares refused');
      await field(back, t.devices.second).fill(codes[2] ?? '');
      await button(back, t.start.recover).click();
      await back.locator('[data-acting="maya"]').waitFor();
    },
  );

  test(
    'who forgets the passphrase asks a passkey, and who loses that too comes back with the recovery code',
    PATIENT,
    async () => {
      const { page } = opened;
      await page.goto(`${address}/`);
      await signIn(page);
      await page.goto(`${address}/settings/devices`);
      const recovery = page.getByRole('region', { name: t.settings.recovery });
      await button(recovery, t.settings.recoveryShow).click();
      const [code = ''] = await codesOf(recovery);
      await look(page, 'recovery code shown');
      await field(recovery, t.accept.recoveryLast).fill(code.split('-').at(-1) ?? '');
      await button(recovery, t.accept.recoveryConfirm).click();
      await recovery.getByText(t.settings.recoverySeen, { exact: true }).waitFor();
      await field(page, t.settings.next).fill(NEW_PASSPHRASE);
      await button(page, t.devices.resetByPasskey).click();
      await page.getByText(t.devices.reset).waitFor();
      await signOut(page);
      await laptop.recognise(false);
      await button(page, t.devices.use).click();
      await page.locator('.problem[data-code="passkey-cancelled"]').waitFor();
      await laptop.lose();
      await other.context.clearCookies();
      await page.goto(`${address}/recover`);
      await look(page, 'recover');
      await field(page, t.start.handle).fill('maya');
      await field(page, t.start.code).fill(code);
      await field(page, t.start.newPassphrase).fill(NEW_PASSPHRASE);
      await button(page, t.start.recover).click();
      await page.locator('[data-acting="maya"]').waitFor();
      await page.waitForURL(`${address}/settings/devices`);
      await wayOf(page, 'my laptop').waitFor();
      await wayOf(page, t.devices.kinds['recovery-shares']).waitFor();
      await button(page, t.devices.removeOf('my laptop')).click();
      await button(page, t.devices.remove).click();
      await until(async () => (await wayOf(page, 'my laptop').count()) === 0, 'the lost one is gone');
    },
  );

  test('everything was looked at and found clean', () => assert.deepEqual(findings, []));

  async function look(page: Page, name: string): Promise<void> {
    await settled(page);
    findings.push(...(await lookAt(page, name)));
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${address}/sign-in`);
    await field(page, t.start.handle).fill('maya');
    await field(page, t.start.passphrase).fill(PASSPHRASE);
    await button(page, t.start.signIn).click();
    await page.locator('[data-acting="maya"]').waitFor();
  }
});

async function add(page: Page, name: string): Promise<void> {
  const adding = page.getByRole('region', { name: t.devices.addTitle });
  await field(adding, t.devices.addName).fill(name);
  await field(adding, t.devices.addProof).fill(PASSPHRASE);
  await button(adding, t.devices.add).click();
}

/** The row of a way in the list of all of them. */
function wayOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name: t.devices.ways }).getByRole('row').filter({ hasText: name });
}

async function codesOf(section: Locator): Promise<string[]> {
  const shown = section.locator('[data-code]');
  await shown.first().waitFor();
  return shown.evaluateAll((all) => all.map((it) => it.getAttribute('data-code') ?? ''));
}

async function signOut(page: Page): Promise<void> {
  await button(page, t.frame.switchParty).click();
  await page.getByRole('menuitem', { name: t.frame.signOut }).click();
  await button(page, t.devices.use).waitFor();
}
