import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './programs.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's Chromium. */
export function findChromium(): string | undefined {
  return NAMES.map((name) => findProgram(name)).find((path) => path !== undefined);
}

/**
 * Starts the system's Chromium on a profile folder of its own, which goes when it is closed. Every `newContext()`
 * begins without cookies or storage.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium on the PATH: install the Debian package chromium.');
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: asRoot ? [...FLAGS, '--no-sandbox'] : FLAGS,
    chromiumSandbox: !asRoot,
  });
}
