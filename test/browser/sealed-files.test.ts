import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { mouse } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { begin, button, field } from './steps.ts';

const PATIENT = { timeout: 5 * 60_000 };
const OLD = 'correct horse battery';
const NEW = 'a quiet garden in june';
const NAME = 'The will of my aunt.txt';
const ALL = Buffer.alloc(1_200_000, 'To my niece I leave the trumpet. ');

describe('files that only devices open, on their page', PATIENT, () => {
  let opened: Opened;
  const findings: Finding[] = [];
  const sent: (Buffer | null)[] = [];
  before(async () => {
    opened = await openBrowserNode();
    opened.page.on('request', (request) => sent.push(request.postDataBuffer()));
  });
  after(() => opened.close());
  const look = async (page: Page, name: string): Promise<void> => {
    await settled(page);
    findings.push(...(await lookAt(page, name)));
  };

  test('files are kept for devices only, added, shut, opened and saved, and the node is told no name', async () => {
    const { page, address } = opened;
    await begin(opened, mouse(), 'Maya');
    await page.goto(`${address}/data/keeping/begin?kind=file`);
    await field(page, t.keeping.old).fill(OLD);
    await field(page, t.keeping.next).fill(NEW);
    await field(page, t.keeping.nextAgain).fill(NEW);
    await button(page, t.keeping.begin).click();
    const code = (await page.locator('.code[data-code]').getAttribute('data-code')) ?? '';
    await field(page, t.accept.recoveryLast).fill(code.split('-').at(-1) ?? '');
    await button(page, t.accept.recoveryConfirm).click();
    const files = page.getByRole('row').filter({ hasText: t.data.categories.file });
    await files.getByText(t.keeping.devices, { exact: true }).waitFor();
    await page.goto(`${address}/data/files`);
    await page.getByText(t.files.locked).waitFor();
    assert.equal(await page.getByRole('search').count(), 0, 'nothing there that would find nothing');
    await look(page, 'sealed files locked');
    // A node that leaves files out of what it shows is not given any in the clear.
    await page.route('**/api/show-vault', async (route) => {
      const response = await route.fetch();
      const shown: { categories: { category: string }[] } = await response.json();
      const categories = shown.categories.filter((it) => it.category !== 'file');
      await route.fulfill({ response, json: { ...shown, categories } });
    });
    await page.reload();
    await page.getByText(t.files.locked).waitFor();
    assert.equal(await page.locator('input[type="file"]').count(), 0);
    await page.unroute('**/api/show-vault');
    await page.reload();
    await unlock(page);
    await page.getByText(t.files.emptyTitle).waitFor();
    const file = { name: NAME, mimeType: 'text/plain', buffer: ALL };
    await page.locator('input[type="file"]').setInputFiles(file);
    const row = page.getByRole('row').filter({ hasText: NAME });
    await row.waitFor();
    await look(page, 'sealed files one');

    await page.goto(`${address}/data`);
    assert.equal(await page.getByText(NAME).count(), 0, 'among items it is none');
    await page.goto(`${address}/data/files`);
    await unlock(page);
    await row.waitFor();
    const coming = page.waitForEvent('download');
    await button(page, t.files.downloadOf(NAME)).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), NAME);
    assert.ok(readFileSync(await download.path()).equals(ALL));
    await button(page, t.files.renameOf(NAME)).click();
    await field(page, t.files.newName).fill('Will.txt');
    await button(page, t.files.saveName).click();
    await button(page, t.files.removeOf('Will.txt')).click();
    await page.getByText(t.files.emptyTitle).waitFor();
    await page.getByRole('search').getByText(t.files.trash).click();
    await button(page, t.files.eraseAll).click();
    await button(page, t.files.eraseNow).click();
    await page.getByText(t.files.emptyTrash).waitFor();
    for (const secret of ['aunt', 'trumpet', 'Will.txt', NEW]) {
      assert.ok(!sent.some((body) => body?.includes(secret)), secret);
    }
    assert.deepEqual(findings, []);
    opened.checkQuiet();
  });
});

async function unlock(page: Page): Promise<void> {
  const form = page.locator('form', { hasText: t.keeping.passphraseHint });
  await field(form, t.keeping.passphrase).fill(NEW);
  await button(form, t.keeping.unlock).click();
}
