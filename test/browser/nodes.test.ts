import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { launchBrowser } from '../harness/browser.ts';
import { lookAt } from './axe.ts';
import { type Hands, mouse } from './hands.ts';
import { addMarket, ask, type Neighbour, openNodes, say, sell, settle } from './neighbours.ts';
import { accept, button, field, openOffer } from './steps.ts';

const QUESTION = 'Does the case come with it?';
const ANSWER = 'Yes, and a mouthpiece.';

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

async function answer({ page, address }: Neighbour): Promise<void> {
  await page.goto(`${address}/relationships`);
  await page.locator('a[data-row]').first().click();
  await page.locator('.thread-words', { hasText: QUESTION }).waitFor();
  await say(page, ANSWER);
}
