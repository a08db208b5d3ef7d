import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { startNodeProcess } from '../harness/program.ts';

const COMPILE_CACHE = join(import.meta.dirname, '..', '..', 'build', 'compile-cache');
const SHIFT_CLOCK = join(import.meta.dirname, 'shift-clock.ts');
const PATIENCE_MS = 30_000;
const ZONE = 'Europe/Brussels';

/**
 * A Thursday in November, eleven o'clock in Brussels: early enough in its week for what must happen this week, and
 * in its year for what must happen before Christmas.
 */
export const A_THURSDAY = Date.UTC(2026, 10, 12, 10);

/** A node in its own process, and a browser with one page that has not gone anywhere yet. */
export interface Opened {
  readonly page: Page;
  readonly browser: Browser;
  readonly address: string;
  /** The first visitor's token, and the address as the node prints it, with that token. */
  readonly token: string;
  readonly printed: string;
  /** Fails when a page threw, logged an error, or was answered with an unexpected failure. */
  checkQuiet(): void;
  close(): Promise<void>;
}

interface OpenOptions {
  /** When it is on this node and in this browser as the test begins; else now, on `npm start` itself. */
  readonly now?: number;
  /** A folder that holds something already; else an empty one. It goes when the node is closed. */
  readonly data?: string;
  /** Where it listens and whom it speaks to; any free port, and nobody, when left out. */
  readonly args?: readonly string[];
  /** The browser to open a fresh context in; one of its own when left out. */
  readonly browser?: Browser;
}

export async function openBrowserNode(options: OpenOptions = {}): Promise<Opened> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'parley-browser-'));
  const shift = options.now === undefined ? undefined : options.now - Date.now();
  const env = { NODE_COMPILE_CACHE: COMPILE_CACHE, PARLEY_TEST_SHIFT_MS: String(shift) };
  const preload = shift === undefined ? undefined : SHIFT_CLOCK;
  const run = { env, preload, ...(options.args ? { args: options.args } : {}) };
  const node = await startNodeProcess(data, run);
  const browser = options.browser ?? (await launchBrowser());
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: ZONE,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (shift !== undefined) await setClock(context, shift);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} ${message.location().url}`);
  });
  return {
    page,
    browser,
    address: node.address,
    token: node.token,
    printed: `${node.address}/#token=${node.token}`,
    checkQuiet: () => assert.deepEqual(problems, []),
    async close() {
      await context.close();
      if (!options.browser) await browser.close();
      await node.end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Sets the clock of every page; its timers keep their pace. */
async function setClock(context: BrowserContext, shift: number): Promise<void> {
  await context.addInitScript(`{
    const System = Date;
    globalThis.Date = class extends System {
      constructor(...parts) {
        if (parts.length === 0) super(System.now() + ${shift});
        else super(...parts);
      }
      static now() {
        return System.now() + ${shift};
      }
    };
  }`);
}
