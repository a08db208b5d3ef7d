import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { freePort } from '../harness/postgres-process.ts';
import { peersOf } from '../harness/program.ts';
import type { Hands } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { begin, button, compared, field, previewWant } from './steps.ts';

const SENTENCE = 'a used trumpet for a beginner near Ghent, under 300 euro';
const TITLE = 'Student trumpet, overhauled';

/** One of several nodes, in a tab of one browser, and the host that the others know it by. */
export interface Neighbour extends Opened {
  readonly host: string;
}

export async function openNodes(browser: Browser, count: number): Promise<Neighbour[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return Promise.all(
    ports.map(async (port) => {
      const others = ports.filter((other) => other !== port);
      const opened = await openBrowserNode({ browser, args: peersOf(port, others) });
      return { ...opened, host: `127.0.0.1:${port}` };
    }),
  );
}

export async function settle(node: Neighbour, hands: Hands, name: string): Promise<void> {
  await begin(node, hands, name);
  await hands.press(button(node.page, t.start.sampleSkip));
  await field(node.page, t.today.ask).waitFor();
}

export async function addMarket(
  { page, address, host }: Neighbour,
  hands: Hands,
  market: string,
): Promise<void> {
  if (market === host) return;
  await page.goto(`${address}/market`);
  await hands.write(field(page, t.market.host), market);
  await hands.press(button(page, t.market.add));
  await page.getByText(market, { exact: true }).first().waitFor();
}

/** Opens a storefront at that market and publishes a trumpet there that answers by itself. */
export async function sell(node: Neighbour, hands: Hands, market: string): Promise<void> {
  const { page, address } = node;
  await addMarket(node, hands, market);
  await page.goto(`${address}/desk`);
  await hands.write(field(page, t.desk.openName), 'Fanfare');
  await pick(field(page, t.desk.openMarket), market, node.host);
  await hands.press(button(page, t.desk.open));
  await page.getByRole('link', { name: t.desk.publish }).first().click();
  await hands.write(page.getByRole('textbox', { name: t.desk.titleField, exact: true }), TITLE);
  await find(page, hands, t.desk.categoryFind, 'trumpets');
  await hands.write(field(page, t.desk.price), '265');
  await find(page, hands, t.desk.placeFind, 'Ghent');
  await hands.press(button(page, t.desk.addAsk));
  await field(page, t.desk.askWhat).selectOption('schema:email');
  await hands.write(field(page, t.desk.askWhy), 'to say when it is ready');
  await hands.press(button(page, t.desk.save));
  await page.getByText(t.desk.published(TITLE)).waitFor();
}

/** Chooses the market on that host; my own is the only one whose name comes without its host. */
async function pick(select: Locator, market: string, own: string): Promise<void> {
  if (market === own) return;
  const option = select.getByRole('option').filter({ hasText: market });
  await option.waitFor({ state: 'attached' });
  await select.selectOption({ label: await option.innerText() });
}

async function find(page: Page, hands: Hands, label: string, words: string): Promise<void> {
  await hands.write(field(page, label), words);
  await hands.choose(page.getByRole('radiogroup', { name: label }).getByRole('radio').first());
}

/** Casts at the most general level: nobody else has asked here yet. */
export async function ask({ page, address, host }: Neighbour, hands: Hands, market: string): Promise<void> {
  await page.goto(`${address}/wants/new`);
  await previewWant(page, hands, SENTENCE);
  await pick(field(page, t.wants.askAt), market, host);
  await page.getByRole('note').getByText(market).waitFor();
  await hands.choose(page.getByRole('radiogroup', { name: t.wants.levels }).getByRole('radio').last());
  const act = button(page, t.wants.cast);
  await page.getByText(t.wants.aloneYes).waitFor();
  assert.ok(!(await act.isEnabled()), 'nobody is cast alone without a yes');
  await page.getByText(t.wants.aloneYes).click();
  await hands.press(act);
  await compared(page).getByText(TITLE).waitFor();
}

export async function say(page: Page, text: string): Promise<void> {
  await field(page, t.relationships.write).fill(text);
  await button(page, t.relationships.send).click();
  await page.locator('.thread-words', { hasText: text }).waitFor();
}
