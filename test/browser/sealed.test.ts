import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { setBack } from '../../web/i18n/set-back.ts';
import { addDevice } from './authenticators.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { keyboard, mouse, until } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import {
  acceptBackup,
  beginSealing,
  beLiedTo,
  fillIn,
  isShownNone,
  kindRow,
  opensWithoutAsking,
  signOut,
  unlock,
  useItems,
  wayOf,
} from './sealed-steps.ts';
import { begin, button, field } from './steps.ts';

/** The machine may be busy with others. */
const PATIENT = { timeout: 5 * 60_000 };
const OLD = 'correct horse battery';
const NEW = 'a quiet garden in june';
const LATER = 'three geese on the roof';
const FORGOTTEN = 'seven bells before noon';
const NOTES = t.data.categories.note;
const KEY = 'The key lies under the third pot';

/** One kind of item from what the node reads to what only devices open, and back, in two browsers. */
describe('what only devices open, on its pages', PATIENT, () => {
  let opened: Opened;
  let address: string;
  let other: { context: BrowserContext; page: Page };
  const codes: string[] = [];
  const findings: Finding[] = [];
  const sent: string[] = [];
  before(async () => {
    opened = await openBrowserNode();
    // Passkeys need a name.
    address = opened.address.replace('127.0.0.1', 'localhost');
    const context = await opened.browser.newContext();
    context.setDefaultTimeout(30_000);
    other = { context, page: await context.newPage() };
    for (const page of [opened.page, other.page])
      page.on('request', (request) => sent.push(request.postData() ?? ''));
  });
  after(() => opened.close());

  test('with the keyboard only, notes become what only devices open', PATIENT, async () => {
    const { page } = opened;
    const keys = keyboard(page);
    const printed = opened.printed.replace('127.0.0.1', 'localhost');
    await begin({ ...opened, printed }, mouse(), 'Maya');
    await write(page, 'schema:email', 'maya@example.org');
    await write(page, 'vcard:note', KEY);
    await page.goto(`${address}/data/keeping`);
    await keys.press(page.getByRole('link', { name: t.keeping.toDevicesOf(NOTES) }));
    await beginSealing(page, keys, OLD, OLD);
    await page.locator('.problem[data-code="passphrase-known"]').waitFor();
    await beginSealing(page, keys, OLD, NEW);
    const shown = page.locator('.code[data-code]');
    await shown.waitFor();
    const code = (await shown.getAttribute('data-code')) ?? '';
    codes.push(code);
    await look(page, 'keeping code');
    await keys.write(field(page, t.accept.recoveryLast), 'zz');
    await keys.press(button(page, t.accept.recoveryConfirm));
    await page.getByText(t.keeping.codeWrong).waitFor();
    await keys.write(field(page, t.accept.recoveryLast), code.split('-').at(-1) ?? '');
    await keys.press(button(page, t.accept.recoveryConfirm));
    await kindRow(page).getByText(t.keeping.devices, { exact: true }).waitFor();
  });

  test(
    'after loading the page again it is locked, and opens with the passphrase alone',
    PATIENT,
    async () => {
      const { page } = opened;
      const keys = keyboard(page);
      await page.goto(`${address}/data`);
      await page.getByText('maya@example.org').waitFor();
      assert.equal(await page.getByText(KEY).count(), 0);
      await keys.press(button(page, t.keeping.unlock));
      await look(page, 'data asked to unlock');
      await unlock(page, keys, OLD);
      await page.locator('.problem[data-code="way-shut"]').waitFor();
      await unlock(page, keys, NEW);
      await page.getByText(KEY).waitFor();
      await page.getByText('maya@example.org').waitFor();
    },
  );

  test('after a backup was put back its owner says so, and goes on from there', PATIENT, () =>
    acceptBackup(opened.page, NEW, KEY, (name) => look(opened.page, name)),
  );

  test('where the node shows none of it any more there is a way on, and nothing is lost by it', PATIENT, () =>
    isShownNone(opened.page, NEW, KEY, (name) => look(opened.page, name)),
  );

  test(
    'a node from before anything was sealed is told to a browser, and believed when its owner says so',
    PATIENT,
    async () => {
      const { page } = other;
      await page.goto(`${address}/sign-in`);
      const known = { counter: 0, digest: '', root: 0, isSplit: true };
      await page.evaluate(
        (it) => localStorage.setItem('parley-sealed handle:ghost', it),
        JSON.stringify(known),
      );
      await signIn(page, OLD, 'ghost');
      await page.locator('.problem[data-code="passphrase-asked"]').waitFor();
      await button(page, setBack.anewAct).click();
      await look(page, 'sign in asked whether the node is from before');
      await button(page.locator('.two-steps'), setBack.anewNow).click();
      await until(async () => (await button(page, setBack.anewAct).count()) === 0, 'it is forgotten');
      await signIn(page, OLD, 'ghost');
      await page.locator('.problem[data-code="sign-in-refused"]').waitFor();
    },
  );

  test(
    'sealed items are found, added, tagged, changed, looked back at, removed, restored, erased',
    PATIENT,
    () => useItems(opened.page, KEY, (name) => look(opened.page, name)),
  );

  test('a node that says otherwise of what is open here is found out, and gets nothing', PATIENT, () =>
    beLiedTo(opened.page, NEW, (name) => look(opened.page, name)),
  );

  test(
    'a second browser comes in with the new passphrase, and what it changes is seen in the first',
    PATIENT,
    async () => {
      const { page } = other;
      await page.clock.install();
      await signIn(page, OLD);
      await page.locator('.problem[data-code="sign-in-refused"]').waitFor();
      await signIn(page, NEW);
      await page.locator('[data-acting="maya"]').waitFor();
      await page.getByRole('link', { name: t.data.title, exact: true }).first().click();
      await page.getByText(KEY).waitFor();
      await page.goto(`${address}/data`);
      await button(page, t.keeping.unlock).click();
      await unlock(page, mouse(), NEW);
      await page.locator('a[data-row]', { hasText: /^Note/ }).click();
      await field(page, t.data.value).fill('The key lies in the shed');
      await button(page, t.data.save).click();
      await page.locator('.toast').first().waitFor();
      const history = page.getByRole('region', { name: t.data.history });
      const first = opened.page;
      await first.goto(`${address}/data`);
      await button(first, t.keeping.unlock).click();
      await unlock(first, mouse(), NEW);
      await first.getByText('The key lies in the shed').waitFor();
      await field(page, t.data.value).fill('The key lies with Jan');
      await button(page, t.data.save).click();
      await first.getByText('The key lies with Jan').waitFor();
      await button(first, t.keeping.lock).click();
      await until(async () => (await first.getByText('The key lies with Jan').count()) === 0, 'it is locked');
      await first.getByText('maya@example.org').waitFor();
      await page.clock.fastForward('14:00');
      await field(page, t.data.value).press('End');
      await page.clock.fastForward('14:00');
      await history.waitFor();
      await page.clock.fastForward('15:30');
      await page.getByText(t.keeping.lockedItem).waitFor();
    },
  );

  test('a passkey opens it once it is let, and nothing when it is taken away', PATIENT, async () => {
    const { page } = opened;
    await addDevice(page, { opensKeys: true });
    await page.goto(`${address}/settings/devices`);
    const adding = page.getByRole('region', { name: t.devices.addTitle });
    await field(adding, t.devices.addName).fill('my laptop');
    await field(adding, t.devices.addProof).fill(NEW);
    await button(adding, t.devices.add).click();
    await wayOf(page, 'my laptop').getByText(t.devices.opensRest).waitFor();
    await button(page, t.keeping.unlock).click();
    await unlock(page, mouse(), NEW);
    await button(page, t.keeping.addWayOf('my laptop')).click();
    await wayOf(page, 'my laptop').getByText(t.devices.opensSealed).waitFor();
    await look(page, 'devices with a passkey that opens it');
    const changing = page.getByRole('region', { name: t.settings.passphrase });
    await field(changing, t.settings.next).fill(FORGOTTEN);
    await button(changing, t.devices.resetByPasskey).click();
    await page.getByText(t.devices.reset).waitFor();
    await wayOf(page, t.devices.kinds.passphrase).getByText(t.devices.opensSealed).waitFor();
    await page.goto(`${address}/data`);
    await button(page, t.keeping.unlock).click();
    await button(page, t.devices.use).click();
    await page.getByText('The key lies with Jan').waitFor();
    await signOut(page);
    await button(page, t.devices.use).click();
    await opensWithoutAsking(page);
    // Whoever came in by a passkey goes with it.
    await signOut(page);
    await signIn(page, FORGOTTEN);
    await opensWithoutAsking(page);
    await page.getByRole('link', { name: t.frame.settings }).click();
    await page.getByRole('link', { name: t.devices.open }).click();
    await button(page, t.devices.removeOf('my laptop')).click();
    await page.getByText(t.keeping.removeUnlocked).waitFor();
    await button(page.locator('.two-steps'), t.devices.remove).click();
    await until(async () => (await wayOf(page, 'my laptop').count()) === 0, 'it is gone');
    assert.equal(await page.getByText(t.keeping.oldWays(1)).count(), 0, 'nothing of it is left');
  });

  test('the passphrase is changed, and set anew with the code on paper', PATIENT, async () => {
    const { page } = opened;
    const changing = page.getByRole('region', { name: t.settings.passphrase });
    await field(changing, t.settings.old).fill(FORGOTTEN);
    await field(changing, t.settings.next).fill(LATER);
    await button(changing, t.settings.change).click();
    await page.getByText(t.keeping.changeSealed).waitFor();
    const recovery = page.getByRole('region', { name: t.settings.recovery });
    await field(recovery, t.settings.old).fill(LATER);
    await button(recovery, t.settings.recoveryNew).click();
    const second = (await recovery.locator('.code[data-code]').getAttribute('data-code')) ?? '';
    codes.push(second);
    await field(recovery, t.accept.recoveryLast).fill(second.split('-').at(-1) ?? '');
    await button(recovery, t.accept.recoveryConfirm).click();
    await page.getByText(t.accept.recoveryDone).waitFor();
    const back = other.page;
    await back.goto(`${address}/recover`);
    await field(back, t.start.handle).fill('maya');
    await field(back, t.start.code).fill(codes[0] ?? '');
    await field(back, t.start.newPassphrase).fill(NEW);
    await button(back, t.start.recover).click();
    await back.locator('.problem[data-code="recovery-refused"]').waitFor();
    await field(back, t.start.code).fill(second.toUpperCase());
    await button(back, t.start.recover).click();
    await back.waitForURL(`${address}/settings/devices`);
    await wayOf(back, t.devices.kinds.passphrase).getByText(t.devices.opensSealed).waitFor();
  });

  test('the node may read it again, and nothing is asked to be unlocked', PATIENT, async () => {
    const { page } = other;
    await page.goto(`${address}/data/keeping`);
    await unlock(page, mouse(), NEW);
    await button(page, t.keeping.toNodeOf(NOTES)).click();
    await button(page.locator('.two-steps'), t.keeping.toNode).click();
    await kindRow(page).getByText(t.keeping.node, { exact: true }).waitFor();
    await page.goto(`${address}/data`);
    await page.getByText('The key lies with Jan').waitFor();
    assert.equal(await button(page, t.keeping.unlock).count(), 0);
  });

  test('neither a new passphrase nor the code has left the browsers', () => {
    assert.ok(sent.some((body) => body.includes('parley-key-1.')));
    assert.equal(codes.length, 2);
    const bare = codes.map((code) => code.replaceAll('-', ''));
    for (const secret of [NEW, LATER, FORGOTTEN, ...codes, ...bare])
      assert.ok(!sent.some((body) => body.toLowerCase().includes(secret)), secret);
  });

  test('everything was looked at and found clean', () => assert.deepEqual(findings, []));

  async function look(page: Page, name: string): Promise<void> {
    await settled(page);
    findings.push(...(await lookAt(page, name)));
  }

  async function write(page: Page, property: string, value: string): Promise<void> {
    await page.goto(`${address}/data/new`);
    await fillIn(page, property, value);
    await button(page, t.data.save).click();
    await page.getByText(value).waitFor();
  }

  async function signIn(page: Page, passphrase: string, handle = 'maya'): Promise<void> {
    await page.goto(`${address}/sign-in`);
    await field(page, t.start.handle).fill(handle);
    await field(page, t.start.passphrase).fill(passphrase);
    await button(page, t.start.signIn).click();
  }
});
