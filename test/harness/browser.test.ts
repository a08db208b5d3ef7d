import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { launchBrowser } from './browser.ts';

test('the browser opens pages, and forgets from one context to the next', async () => {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>Here</title><button>Press</button>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const url = `http://127.0.0.1:${address.port}/`;
  const browser = await launchBrowser();
  try {
    const first = await (await browser.newContext()).newPage();
    await first.goto(url);
    assert.equal(await first.title(), 'Here');
    await first.getByRole('button', { name: 'Press' }).click();
    await first.evaluate("localStorage.setItem('kept', 'yes')");
    const second = await (await browser.newContext()).newPage();
    await second.goto(url);
    assert.equal(await second.evaluate("localStorage.getItem('kept')"), null);
  } finally {
    await browser.close();
    server.close();
  }
});
