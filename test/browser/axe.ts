import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { until } from './hands.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** With this set, a picture of every page in every look goes into that folder. */
const SHOTS = process.env.PARLEY_TEST_SHOTS;

const WIDTHS = [1440, 360] as const;
/** Looked at by people, and by the program for what runs out of the window. */
const BETWEEN = [1024, 768, 480] as const;
const THEMES = ['light', 'dark'] as const;
const HEIGHT = 900;

const REST_MS = 120;

/** One page in one look, and what is wrong with it there. */
export interface Finding {
  readonly where: string;
  readonly what: string;
}

let looked = 0;

/**
 * Looks at the page that is open at both widths and in both themes; nothing found is an empty list. Each width goes with one
 * theme, and with the other one on the next page. With pictures, every look is taken, and the widths
 * between as well.
 */
export async function lookAt(page: Page, name: string): Promise<Finding[]> {
  const found: Finding[] = [];
  const turn = looked++;
  await page.evaluate(AXE);
  for (const [at, width] of WIDTHS.entries()) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const [number, theme] of THEMES.entries()) {
      const isItsTurn = (at + number + turn) % 2 === 0;
      if (!isItsTurn && SHOTS === undefined) continue;
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const where = `${name} ${width} ${theme}`;
      await shoot(page, where);
      for (const what of await violations(page)) found.push({ where, what });
    }
    const over = await overflow(page);
    if (over !== '') found.push({ where: `${name} ${width}`, what: `wider than the window: ${over}` });
  }
  if (SHOTS !== undefined) found.push(...(await lookBetween(page, name)));
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  return found;
}

/** The widths between, where there are pictures to look at. */
async function lookBetween(page: Page, name: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const width of BETWEEN) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await shoot(page, `${name} ${width} ${theme}`);
    }
    const over = await overflow(page);
    if (over !== '') found.push({ where: `${name} ${width}`, what: `wider than the window: ${over}` });
  }
  return found;
}

/** Every violation of any rule of axe, each with the first elements that it concerns. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' +
      nodes.slice(0, 3).map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160)).join(' | ')))`);
}

/** Which elements make the page scroll sideways; empty when it does not. */
async function overflow(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return '';
    const wide = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > clientWidth + 0.5);
    return scrollWidth + ' px: ' + wide.slice(0, 4).map((it) => it.outerHTML.slice(0, 120)).join(' | ');
  })()`);
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.evaluate('scrollTo(0, 0)');
  const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`;
  await page.screenshot({ path: join(SHOTS, file), fullPage: true });
}

/** Resolves when the page stands: nothing says that it loads, and for a while nothing new has come in. */
export async function settled(page: Page): Promise<void> {
  let before = '';
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const now = await page.evaluate<string>(
      `performance.getEntriesByType('resource').length + ' ' + document.querySelector('main')?.innerText`,
    );
    const stands = now === before && !now.endsWith(t.frame.loading);
    before = now;
    return stands;
  }, 'the page stands still');
}
