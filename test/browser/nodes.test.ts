import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { launchBrowser } from '../harness/browser.ts';
import { freePort, peersOf } from '../harness/program.ts';
import { lookAt } from './axe.ts';
import { type Hands, mouse } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { accept, begin, button, compared, field, openOffer, previewWant } from './steps.ts';

const SENTENCE = 'a used trumpet for a beginner near Ghent, under 300 euro';
const TITLE = 'Student trumpet, overhauled';
const QUESTION = 'Does the case come with it?';
const ANSWER = 'Yes, and a mouthpiece.';

/** Whose page it is, and the host that others know the node by. */
interface Neighbour extends Opened {
  readonly host: string;
}

for (const [count, words] of [
  [2, 'a person on one node, a vendor with its market on another'],
  [3, 'a person on one node, a vendor on another, a market on the third'],
] as const) {
  test(`${words}: from nothing to an answered message`, { timeout: 180_000 }, async () => {
    const browser = await launchBrowser();
    const nodes = await openNodes(browser, count);
    try {
      const [home, shop] = nodes;
      const market = nodes.at(-1)?.host;
      assert(home && shop && market);
      const hands = mouse();
      await settle(home, hands, 'Maya');
      await settle(shop, hands, 'Fanfare');
      await sell(shop, hands, market);
      await addMarket(home, hands, market);
      await ask(home, hands, market);
      assert.equal(await openOffer(home.page, hands), 'Fanfare');
      const { shared, wroteCode } = await accept(home.page, hands);
      assert.deepEqual([shared, wroteCode], [['schema:email'], true]);
      await say(home.page, QUESTION);
      await answer(shop);
      await home.page.locator('.thread-entry', { hasText: ANSWER }).waitFor();
      for (const node of nodes) node.checkQuiet();
    } finally {
      for (const node of nodes) await node.close();
      await browser.close();
    }
  });
}

test('a vendor who wishes to be found is found by a person on another node, and no longer once it stops', {
  timeout: 180_000,
}, async () => {
  const browser = await launchBrowser();
  const nodes = await openNodes(browser, 2);
  try {
    const [home, shop] = nodes;
    assert(home && shop);
    const hands = mouse();
    await settle(home, hands, 'Maya');
    await settle(shop, hands, 'Fanfare');
    await shop.page.goto(`${shop.address}/settings`);
    await hands.write(
      field(shop.page, `${t.discovery.about} (${t.frame.optional})`),
      'Brass, bought and sold.',
    );
    await hands.press(button(shop.page, t.discovery.be));
    const name = `fanfare@${shop.host}`;
    await shop.page.getByText(t.discovery.nowFound(name)).waitFor();
    await look(home, hands, name);
    await home.page.getByText('Brass, bought and sold.').waitFor();
    assert.deepEqual(await lookAt(home.page, 'found'), []);
    assert.deepEqual(await lookAt(shop.page, 'being found'), []);
    await hands.press(button(shop.page, t.discovery.stop));
    await hands.press(
      button(shop.page.getByRole('group', { name: t.discovery.stopAsk(name) }), t.discovery.stop),
    );
    await shop.page.getByText(t.discovery.notFound).waitFor();
    await look(home, hands, name);
    await home.page.getByText('Nobody of that name can be found there.').waitFor();
  } finally {
    for (const node of nodes) await node.close();
    await browser.close();
  }
});

async function look({ page, address }: Neighbour, hands: Hands, name: string): Promise<void> {
  await page.goto(`${address}/relationships/invitations`);
  await hands.write(field(page, t.discovery.address), name);
  await hands.press(button(page, t.discovery.find));
}

async function openNodes(browser: Browser, count: number): Promise<Neighbour[]> {
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

async function settle(node: Neighbour, hands: Hands, name: string): Promise<void> {
  await begin(node, hands, name);
  await hands.press(button(node.page, t.start.sampleSkip));
  await field(node.page, t.today.ask).waitFor();
}

async function addMarket({ page, address, host }: Neighbour, hands: Hands, market: string): Promise<void> {
  if (market === host) return;
  await page.goto(`${address}/market`);
  await hands.write(field(page, t.market.host), market);
  await hands.press(button(page, t.market.add));
  await page.getByText(market, { exact: true }).first().waitFor();
}

/** Opens a storefront at that market and publishes a trumpet there that answers by itself. */
async function sell(node: Neighbour, hands: Hands, market: string): Promise<void> {
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
  const names = await select.getByRole('option').allInnerTexts();
  await select.selectOption({ label: names.find((name) => name.endsWith(market)) ?? market });
}

async function find(page: Page, hands: Hands, label: string, words: string): Promise<void> {
  await hands.write(field(page, label), words);
  await hands.choose(page.getByRole('radiogroup', { name: label }).getByRole('radio').first());
}

/** Casts at the most general level: nobody else has asked here yet. */
async function ask({ page, address, host }: Neighbour, hands: Hands, market: string): Promise<void> {
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

async function answer({ page, address }: Neighbour): Promise<void> {
  await page.goto(`${address}/relationships`);
  await page.locator('a[data-row]').first().click();
  await page.locator('.thread-words', { hasText: QUESTION }).waitFor();
  await say(page, ANSWER);
}

async function say(page: Page, text: string): Promise<void> {
  await field(page, t.relationships.write).fill(text);
  await button(page, t.relationships.send).click();
  await page.locator('.thread-words', { hasText: text }).waitFor();
}
