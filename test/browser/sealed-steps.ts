import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { setBack } from '../../web/i18n/set-back.ts';
import { type Hands, mouse, until } from './hands.ts';
import { button, field } from './steps.ts';

/** What is done in test/browser/sealed.test.ts. */

const NOTES = t.data.categories.note;
type Look = (name: string) => Promise<void>;

/** With what only devices open, and `key` among it. */
export async function useItems(page: Page, key: string, look: Look): Promise<void> {
  await page.getByRole('link', { name: t.data.add }).click();
  await fillIn(page, 'vcard:note', 'Red geraniums need little water');
  await page.getByText(t.keeping.staysHere(t.keeping.kinds.note)).waitFor();
  await button(page, t.data.save).click();
  await field(page, t.frame.search).fill('GERAN');
  await page.getByText('Red geraniums need little water').waitFor();
  await until(async () => (await page.getByText(key).count()) === 0, 'the search leaves out the rest');
  await page.locator('[data-tick]').first().click();
  await button(page, t.data.tagAct).click();
  await field(page.locator('.tag-form'), t.data.tag).fill('balcony');
  await button(page, t.data.tagPut).click();
  await page.getByText(t.data.manyTagged(1, 'balcony')).waitFor();
  await page.locator('a[data-row]').click();
  await field(page, t.data.value).fill('Red geraniums need a lot of water');
  await button(page, t.data.save).click();
  const history = page.getByRole('region', { name: t.data.history });
  await history.getByText('Red geraniums need little water').first().waitFor();
  await page.getByRole('button', { name: new RegExp(`^${t.data.remove}: `) }).click();
  await page.getByText(t.data.trash, { exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^${t.data.restore}: `) }).click();
  await page.getByText(t.data.emptyTrash).waitFor();
  await page.getByText(t.data.trash, { exact: true }).click();
  await page.locator('tr', { hasText: 'geraniums' }).getByRole('button', { name: t.data.remove }).click();
  await page.getByText(t.data.trash, { exact: true }).click();
  await page.getByRole('button', { name: /^Erase for good: / }).click();
  await look('data asked to erase');
  await button(page.locator('.two-steps'), t.keeping.erase).click();
  await page.getByText(t.data.emptyTrash).waitFor();
}

/** Whoever runs the node says that everything may be read by it again. */
export async function beLiedTo(page: Page, passphrase: string, look: Look): Promise<void> {
  await page.route('**/api/show-vault', async (route) => {
    const response = await route.fetch();
    const shown: { categories: { mode: string }[] } = await response.json();
    for (const it of shown.categories) it.mode = 'served';
    await route.fulfill({ response, json: shown });
  });
  await page.getByText(t.keeping.searchSeen).waitFor();
  // With whatever is written the page looks again.
  await page.getByRole('link', { name: t.data.add }).first().click();
  await fillIn(page, 'schema:telephone', '+32 470 00 00 00');
  await button(page, t.data.save).click();
  await page.locator('.problem[data-code="category-downgraded"]').waitFor();
  await page.getByRole('link', { name: t.keeping.open }).click();
  await page.locator('.problem[data-code="category-downgraded"]').waitFor();
  await look('keeping, locked by what the node says');
  await page.getByRole('link', { name: t.data.title, exact: true }).first().click();
  await page.getByRole('link', { name: t.data.add }).first().click();
  await field(page, t.data.what).selectOption('vcard:note');
  await page.getByText(t.keeping.lockedKind(t.keeping.kinds.note)).waitFor();
  await unlock(page, mouse(), passphrase);
  await page.getByText(t.keeping.unlocking).waitFor();
  await page.locator('.problem[data-code="category-downgraded"]').waitFor();
  await page.unroute('**/api/show-vault');
  await unlock(page, mouse(), passphrase);
  await field(page, t.data.value).waitFor();
}

/** As if this browser had seen five changes more than there are. */
export async function acceptBackup(page: Page, passphrase: string, item: string, look: Look): Promise<void> {
  await page.evaluate(() => {
    for (const [name, text] of Object.entries(localStorage)) {
      const known = name.startsWith('parley-sealed ') ? JSON.parse(text) : { counter: 0 };
      if (known.counter > 0)
        localStorage.setItem(name, JSON.stringify({ ...known, counter: known.counter + 5 }));
    }
  });
  await unlockAnew(page, passphrase);
  await page.locator('.problem[data-code="vault-rolled-back"]').waitFor();
  await page.getByText(setBack.changes(5)).waitFor();
  await button(page, setBack.act).click();
  await look('data asked whether a backup was put back');
  await button(page.locator('.two-steps'), setBack.now).click();
  await page.getByText(item).waitFor();
}

/** As if the node were from before anything was sealed; then it shows all again, which is agreed to as well. */
export async function isShownNone(page: Page, passphrase: string, item: string, look: Look): Promise<void> {
  await page.route('**/api/show-vault', (route) =>
    route.fulfill({ json: { ways: [], categories: [], passphrase: { how: 'at-the-node' } } }),
  );
  await unlockAnew(page, passphrase);
  await page.locator('.problem[data-code="vault-gone"]').waitFor();
  await button(page, setBack.anewAct).click();
  await look('data asked whether the node is from before');
  await button(page.locator('.two-steps'), setBack.anewNow).click();
  await page.getByText(t.data.atRest).waitFor();
  await page.unroute('**/api/show-vault');
  await unlockAnew(page, passphrase);
  await page.locator('.problem[data-code="shown-after-none"]').waitFor();
  assert.equal(await page.getByText(item).count(), 0);
  await button(page, setBack.act).click();
  await look('data asked whether it is right that it is there again');
  await button(page.locator('.two-steps'), setBack.now).click();
  await page.getByText(item).waitFor();
}

async function unlockAnew(page: Page, passphrase: string): Promise<void> {
  await page.goto(new URL('/data', page.url()).href);
  await button(page, t.keeping.unlock).click();
  await unlock(page, mouse(), passphrase);
}

export async function signOut(page: Page): Promise<void> {
  await button(page, t.frame.switchParty).click();
  await page.getByRole('menuitem', { name: t.frame.signOut }).click();
  await button(page, t.devices.use).waitFor();
}

export async function opensWithoutAsking(page: Page): Promise<void> {
  await page.locator('[data-acting="maya"]').waitFor();
  await page.getByRole('link', { name: t.data.title, exact: true }).first().click();
  await page.getByText('The key lies with Jan').waitFor();
}

export async function fillIn(page: Page, property: string, value: string): Promise<void> {
  await field(page, t.data.what).selectOption(property);
  await field(page, t.data.value).fill(value);
}

export async function beginSealing(page: Page, hands: Hands, old: string, next: string): Promise<void> {
  await hands.write(field(page, t.keeping.old), old);
  await hands.write(field(page, t.keeping.next), next);
  await hands.write(field(page, t.keeping.nextAgain), next);
  await hands.press(button(page, t.keeping.begin));
}

export async function unlock(page: Page, hands: Hands, passphrase: string): Promise<void> {
  const form = page.locator('form', { hasText: t.keeping.passphraseHint });
  await hands.write(field(form, t.keeping.passphrase), passphrase);
  await hands.press(button(form, t.keeping.unlock));
}

export function kindRow(page: Page): Locator {
  return page.getByRole('table', { name: t.keeping.title }).getByRole('row').filter({ hasText: NOTES });
}

export function wayOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name: t.devices.ways }).getByRole('row').filter({ hasText: name });
}
