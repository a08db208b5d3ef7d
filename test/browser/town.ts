import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { trumpetWanted } from '../story/goods.ts';
import { browserAt, type Side } from '../story/sides.ts';
import { openShop, PASSPHRASE } from '../story/telling.ts';
import { button, field } from './steps.ts';

/** The two of the story as programs that speak HTTP: they prepare what a page is then opened for. */
export interface Town {
  readonly maya: Side;
  readonly shop: Side;
}

/** Maya, and Fanfare with its shop, on a node that holds nobody yet. */
export async function settleTown(node: { address: string; token: string }): Promise<Town> {
  const [maya, shop] = [browserAt(() => node.address), browserAt(() => node.address)];
  await maya.done('claim-node', { token: node.token });
  await maya.done('create-party', { name: 'Maya', passphrase: PASSPHRASE });
  await maya.done('create-party', { name: 'Fanfare', kind: 'organisation', passphrase: PASSPHRASE });
  await maya.done('sign-out');
  await maya.done('sign-in', { handle: 'maya', passphrase: PASSPHRASE });
  await shop.done('sign-in', { handle: 'fanfare', passphrase: PASSPHRASE });
  await openShop({ maya, shop });
  return { maya, shop };
}

/** Signs in on the page; from then on this tab acts as that party. */
export async function enter(page: Page, address: string, handle: string): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await field(page, t.start.handle).fill(handle);
  await field(page, t.start.passphrase).fill(PASSPHRASE);
  await button(page, t.start.signIn).click();
  await page.locator(`[data-acting="${handle}"]`).waitFor();
}

/** Casts a want as general as the market takes it, and answers its id once it is with the shop. */
export async function castWant(maya: Side, change: object): Promise<string> {
  const fields = trumpetWanted(Date.now(), { window: undefined, ...change });
  const { choices } = await maya.done<{ choices: { cell: { id: string } }[] }>('preview-cast', { fields });
  const choice = choices.at(-1)?.cell.id;
  const want = await maya.done<{ id: string }>('cast-intent', { fields, choice, ifBelow: 'hold' });
  await maya.until<{ offers: { waiting: number } }>(
    'get-intent',
    { id: want.id },
    (it) => it.offers.waiting > 0,
  );
  return want.id;
}
