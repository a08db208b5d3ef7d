import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { startNodeProcess } from '../harness/program.ts';

const COMPILE_CACHE = join(import.meta.dirname, '..', '..', 'build', 'compile-cache');
const PATIENCE_MS = 30_000;

/** A node in its own process on an empty folder, and a browser with one page that has not gone anywhere yet. */
export interface Opened {
  readonly page: Page;
  readonly browser: Browser;
  readonly address: string;
  /** The address as the node prints it, with the first visitor's token. */
  readonly printed: string;
  /** Fails when a page threw, logged an error, or was answered with an unexpected failure. */
  checkQuiet(): void;
  close(): Promise<void>;
}

export async function openBrowserNode(): Promise<Opened> {
  const data = mkdtempSync(join(tmpdir(), 'parley-browser-'));
  const node = await startNodeProcess(data, { env: { NODE_COMPILE_CACHE: COMPILE_CACHE } });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Brussels',
  });
  context.setDefaultTimeout(PATIENCE_MS);
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
    printed: `${node.address}/#token=${node.token}`,
    checkQuiet: () => assert.deepEqual(problems, []),
    async close() {
      await browser.close();
      await node.end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
