import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { launchBrowser } from '../harness/browser.ts';
import { PASSPHRASE } from '../story/telling.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { type Hands, mouse } from './hands.ts';
import { addMarket, ask, type Neighbour, openNodes, say, sell, settle } from './neighbours.ts';
import { accept, button, field, openOffer } from './steps.ts';
import { enter } from './town.ts';

const BEFORE = 'I am moving, you will hear from me.';
const AFTER = 'Here I am.';

test('a person moves to another node from its pages, and the vendor sees what changed and hears her there', {
  timeout: 240_000,
}, async () => {
  const browser = await launchBrowser();
  const nodes = await openNodes(browser, 3);
  const findings: Finding[] = [];
  const look = async ({ page }: Neighbour, name: string): Promise<void> => {
    await settled(page);
    findings.push(...(await lookAt(page, name)));
  };
  try {
    const [home, shop, house] = nodes;
    assert(home && shop && house);
    const hands = mouse();
    await settle(home, hands, 'Maya');
    await settle(shop, hands, 'Fanfare');
    await settle(house, hands, 'Host');
    await sell(shop, hands, shop.host);
    await addMarket(home, hands, shop.host);
    await ask(home, hands, shop.host);
    await openOffer(home.page, hands);
    await accept(home.page, hands);
    await say(home.page, BEFORE);

    const code = await invite(house, hands);
    await look(house, 'who may move here');
    await move(home, hands, code);
    await look(home, 'moving away');
    await arrive(house, hands, () => look(house, 'arrived'));
    await house.page.goto(`${house.address}/relationships`);
    await house.page.locator('a[data-row]').first().click();
    await house.page.locator('.thread-words', { hasText: BEFORE }).waitFor();
    await say(house.page, AFTER);

    await shop.page.goto(`${shop.address}/relationships`);
    await shop.page.locator('a[data-row]').first().click();
    await shop.page.locator('.thread-words', { hasText: AFTER }).waitFor();
    await shop.page.getByText(house.host).first().waitFor();
    await look(shop, 'their keys changed');
    await hands.press(shop.page.locator('summary', { hasText: t.moving.keysShow }));
    await look(shop, 'the code that both see');
    await hands.press(button(shop.page, t.moving.confirm));
    await shop.page.getByText(t.moving.confirmed).waitFor();
    assert.deepEqual(findings, []);
  } finally {
    for (const node of nodes) await node.close();
    await browser.close();
  }
});

async function invite({ page, address }: Neighbour, hands: Hands): Promise<string> {
  await page.goto(`${address}/settings`);
  await hands.press(button(page, t.moving.invite));
  const code = page.getByRole('status').locator('code');
  await code.waitFor();
  return code.innerText();
}

async function move({ page, address }: Neighbour, hands: Hands, code: string): Promise<void> {
  await page.goto(`${address}/leave`);
  await hands.write(field(page, t.moving.code), code);
  await hands.write(secret(page), PASSPHRASE);
  await hands.press(button(page, t.moving.now));
  await page.getByText(t.moving.other, { exact: true }).waitFor();
}

/** Signs in on the new node and acts from there, once everything has come. */
async function arrive(node: Neighbour, hands: Hands, look: () => Promise<void>): Promise<void> {
  const { page, address } = node;
  await enter(page, address, 'maya');
  await page.goto(`${address}/leave`);
  const take = button(page, t.moving.take);
  await take.waitFor();
  await look();
  await hands.write(secret(page), PASSPHRASE);
  await hands.press(take);
  await page.getByText(t.moving.taken(1)).waitFor();
}

function secret(page: Page): Locator {
  const section = page.getByRole('region', { name: t.moving.title });
  return section.getByRole('textbox', { name: t.moving.passphrase, exact: true });
}
