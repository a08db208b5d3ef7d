import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { keyboard, mouse, until } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { begin, button, field } from './steps.ts';

const PATIENT = { timeout: 5 * 60_000 };
const MIB = 1024 * 1024;
const ALL = Buffer.alloc(4 * MIB + 9, createHash('sha512').update('a film').digest());
const FILM = 'Summer in Ostend.mkv';
const LETTER = '<img src=x onerror=alert(1)> letter.html';

describe('files of my data, on their page', PATIENT, () => {
  let opened: Opened;
  let folder: string;
  const findings: Finding[] = [];
  before(async () => {
    opened = await openBrowserNode();
    folder = await mkdtemp(join(tmpdir(), 'parley-page-files-'));
    writeFileSync(join(folder, FILM), ALL);
  });
  after(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });
  const look = async (page: Page, name: string): Promise<void> => {
    await settled(page);
    findings.push(...(await lookAt(page, name)));
  };

  test('several are added at once; one that is paused, and one that the page forgot, go on where they stopped', async () => {
    const { page, address } = opened;
    await begin(opened, mouse(), 'Maya');
    await page.goto(`${address}/data`);
    await keyboard(page).press(page.getByRole('link', { name: t.files.open, exact: true }));
    await page.getByText(t.files.emptyTitle).waitFor();
    await look(page, 'files none');
    const gate = holdParts(page, 3);
    await gate.ready;
    await chooser(page).setInputFiles(join(folder, FILM));
    await gate.reached;
    await keyboard(page).press(button(page, t.files.pauseOf(FILM)));
    gate.open();
    await page.getByText(t.files.states.paused).waitFor();
    await look(page, 'files paused');
    assert.equal(await focused(page), t.files.goOnOf(FILM), 'the keyboard stays where it was');
    assert.deepEqual(gate.numbers, [1, 2, 3]);

    await page.reload();
    const begun = page.getByRole('region', { name: t.files.begun });
    await begun.getByText(FILM).waitFor();
    await look(page, 'files begun');
    const letter = { name: LETTER, mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') };
    await chooser(page).setInputFiles(join(folder, FILM));
    await chooser(page).setInputFiles([letter]);
    await row(page, FILM).waitFor();
    assert.deepEqual(gate.numbers.slice(3, 5), [4, 5], 'only what was missing came');
    await row(page, 'letter.html').waitFor();
    await keyboard(page).press(button(page, t.files.dismissOf(FILM)));
    await begun.waitFor({ state: 'detached' });
    assert.equal(await focused(page), t.files.dismissOf(LETTER), 'or goes to the next line');
    await look(page, 'files two');
    // What fails later on purpose is told on the console too.
    opened.checkQuiet();
  });

  test('a file comes back octet for octet, also over an answer that failed', async () => {
    const { page } = opened;
    let asked = 0;
    await page.route('**/api/read-file-part', (route) => (asked++ === 2 ? route.abort() : route.continue()));
    await keyboard(page).press(button(page, t.files.downloadOf(FILM)));
    await page.locator('.problem[data-code="node-unreachable"]').waitFor();
    await look(page, 'files download stopped');
    const coming = page.waitForEvent('download');
    await button(page, t.files.goOnOf(FILM)).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), FILM);
    assert.ok(readFileSync(await download.path()).equals(ALL));
    assert.equal(asked, 6, 'five parts and the one that failed');
    await page.unroute('**/api/read-file-part');
  });

  test('with the keyboard only a file gets another name, goes into the trash, comes back, and is erased', async () => {
    const { page } = opened;
    const keys = keyboard(page);
    await keys.press(button(page, t.files.renameOf(FILM)));
    await keys.write(field(page, t.files.newName), 'Winter in Ostend.mkv');
    await keys.press(button(page, t.files.saveName));
    await row(page, 'Winter in Ostend.mkv').waitFor();
    await field(page, t.frame.search).fill('WINTER');
    await until(async () => (await row(page, 'letter').count()) === 0, 'the search leaves out the rest');
    await field(page, t.frame.search).fill('');
    await keys.press(button(page, t.files.removeOf('Winter in Ostend.mkv')));
    await row(page, 'Winter').waitFor({ state: 'detached' });
    await page.getByRole('search').getByText(t.files.trash).click();
    await look(page, 'files trash');
    await keys.press(button(page, t.files.restoreOf('Winter in Ostend.mkv')));
    await page.getByText(t.files.emptyTrash).waitFor();
    await page.getByRole('search').getByText(t.files.trash).click();
    await row(page, 'Winter').locator('[data-tick]').click();
    await page.locator('.ticks').getByRole('button', { name: t.files.remove, exact: true }).click();
    await row(page, 'Winter').waitFor({ state: 'detached' });
    await page.getByRole('search').getByText(t.files.trash).click();
    await keys.press(button(page, t.files.eraseAll));
    await keys.press(button(page, t.files.eraseNow));
    await page.getByText(t.files.emptyTrash).waitFor();
    assert.deepEqual(findings, []);
  });

  test('where this browser cannot say what it remembers, the page says so and takes no file', async () => {
    const { page, address } = opened;
    await page.route('**/assets/putting-*.js', (route) => route.abort());
    await page.goto(`${address}/data/files`);
    await button(page.locator('[data-code="page-broke"]'), t.frame.tryAgain).waitFor();
    assert.equal(await chooser(page).count(), 0);
    await page.unroute('**/assets/putting-*.js');
  });
});

const focused = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('aria-label');
const chooser = (page: Page): Locator => page.locator('input[type="file"]');
const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });

/** Lets parts through and notes their numbers; at one of them it waits until it is opened. */
function holdParts(page: Page, at: number) {
  const numbers: number[] = [];
  let open = (): void => {};
  let reach = (): void => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const ready = page.route('**/api/put-file-part', async (route) => {
    const number = Number(
      /"number":(\d+)/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '')?.[1],
    );
    numbers.push(number);
    if (number === at) {
      reach();
      await opening;
    }
    await route.continue();
  });
  return { numbers, open, ready, reached };
}
