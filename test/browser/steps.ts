import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { type Hands, until } from './hands.ts';
import type { Opened } from './opened.ts';

const PASSPHRASE = 'correct horse battery';

/** Patience, not a measure: how long loading may take is in the benchmarks. */
const LOADING_MS = 240_000;

/** What somebody writes down when a vendor asks for it. */
const OWN: Readonly<Record<string, string>> = {
  'schema:email': 'maya@example.org',
  'schema:telephone': '+32 470 12 34 56',
  'schema:name': 'Maya Peeters',
  'schema:address': 'Veldstraat 1\n9000 Gent\nBelgium',
};

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button', { name, exact: true });
export const field = (page: Page | Locator, name: string): Locator => page.getByLabel(name, { exact: true });
const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

/** From the printed address to the page that proposes the sample market. */
export async function begin({ page, printed }: Opened, hands: Hands, name: string): Promise<void> {
  await page.goto(printed);
  await hands.write(field(page, t.start.name), name);
  await hands.write(field(page, t.start.passphrase), PASSPHRASE);
  await hands.press(button(page, t.start.create));
  await button(page, t.start.sampleLoad).waitFor();
}

/** Loads the sample market and goes on to the first want. */
export async function loadSample(page: Page, hands: Hands): Promise<void> {
  await hands.press(button(page, t.start.sampleLoad));
  const first = page.getByRole('link', { name: t.start.firstWant });
  await first.waitFor({ timeout: LOADING_MS });
  await hands.press(first);
  await field(page, t.wants.sentence).waitFor();
}

/** Types a want, corrects what is to be corrected, and looks at what the market would see, and among how many. */
export async function readWant(
  page: Page,
  hands: Hands,
  sentence: string,
  correct?: () => Promise<void>,
): Promise<void> {
  await previewWant(page, hands, sentence, correct);
  await page
    .locator('.confused')
    .getByText(/^At least [\d,]+ /)
    .waitFor();
}

/** The same, whether or not the market has counted anybody yet. */
export async function previewWant(
  page: Page,
  hands: Hands,
  sentence: string,
  correct?: () => Promise<void>,
): Promise<void> {
  await hands.write(field(page, t.wants.sentence), sentence);
  await hands.press(button(page, t.wants.read));
  await section(page, t.wants.step2).waitFor();
  assert.equal(await page.getByText(t.wants.questionsTitle).count(), 0, 'nothing is left to ask');
  await correct?.();
  await hands.press(button(page, t.wants.see));
  await page.getByRole('table', { name: t.wants.step3 }).waitFor();
}

/** Casts at the level that is suggested, which is chosen already, and waits for offers. */
export async function cast(page: Page, hands: Hands): Promise<void> {
  const levels = page.getByRole('radiogroup', { name: t.wants.levels });
  if ((await levels.count()) > 0) {
    const suggested = levels.getByRole('radio', { name: t.wants.recommended });
    assert.ok(await suggested.isChecked(), 'what is suggested is chosen until somebody chooses otherwise');
  }
  await hands.press(button(page, t.wants.cast));
  await compared(page).waitFor();
  await page.getByRole('link', { name: t.offers.accept }).first().waitFor();
}

export function compared(page: Page): Locator {
  return page.getByRole('table', { name: t.offers.compare });
}

/** Opens the compared offer that asks for something about me, else the first one; answers whose it is. */
export async function openOffer(page: Page, hands: Hands): Promise<string> {
  const table = compared(page);
  const asks = await table.getByRole('row', { name: t.offers.asks }).getByRole('cell').allInnerTexts();
  const asking = asks.slice(1).findIndex((text) => text !== t.offers.asksNothing);
  const link = table.getByRole('link', { name: t.offers.accept }).nth(Math.max(asking, 0));
  const vendor = ((await link.getAttribute('aria-label')) ?? '').replace(`${t.offers.accept}: `, '');
  await hands.press(link);
  await page.getByRole('region', { name: t.accept.summaryTitle }).waitFor();
  return vendor;
}

/**
 * Shares everything that is asked for, writing down what is not in my data yet and then the recovery code, and
 * accepts. Answers what went out and whether the recovery code was shown.
 */
export async function accept(page: Page, hands: Hands): Promise<{ shared: string[]; wroteCode: boolean }> {
  const agree = button(section(page, t.accept.summaryTitle), t.accept.accept);
  const asked = page.locator('.disclosure');
  const shared: string[] = [];
  for (let at = 0; at < (await asked.count()); at++) shared.push(await share(asked.nth(at), hands));
  const show = button(page, t.accept.recoveryShow);
  const wroteCode = await show.isVisible();
  if (wroteCode) {
    assert.ok(!(await agree.isEnabled()), 'nothing goes out before the recovery code is on paper');
    await writeCode(page, hands, show);
  }
  const differs = page.getByRole('checkbox', { name: t.accept.conflictsYes });
  assert.equal(await differs.count(), 0, 'the vendor accepts the terms');
  await hands.press(agree);
  await page.waitForURL(/\/relationships\/[^/]+$/);
  await page.getByText(t.relationships.states.active, { exact: true }).first().waitFor();
  return { shared, wroteCode };
}

async function share(row: Locator, hands: Hands): Promise<string> {
  const property = (await row.getAttribute('data-property')) ?? '';
  const answer = row.getByRole('radio', { name: t.accept.share, exact: true });
  const blank = row.getByRole('textbox');
  await answer.or(blank).first().waitFor();
  if ((await blank.count()) > 0) {
    await hands.write(
      blank,
      OWN[property] ?? assert.fail(`${property} is asked for, and the test does not know it`),
    );
    await hands.press(button(row, t.accept.keepInData));
    await until(async () => (await answer.count()) > 0 || (await blank.count()) === 0, `${property} is kept`);
  }
  if ((await answer.count()) > 0 && !(await answer.isChecked())) await hands.choose(answer);
  return property;
}

async function writeCode(page: Page, hands: Hands, show: Locator): Promise<void> {
  await hands.press(show);
  const groups = page.locator('.code span');
  await groups.first().waitFor();
  await hands.write(field(page, t.accept.recoveryLast), await groups.last().innerText());
  await hands.press(button(page, t.accept.recoveryConfirm));
  await page.getByText(t.accept.recoveryDone).waitFor();
}
