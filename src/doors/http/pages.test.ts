import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pagesIn } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-pages-'));
after(() => rmSync(folder, { recursive: true }));
const SCRIPT = 'console.log("a page");\n'.repeat(200);
mkdirSync(join(folder, 'build', 'assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'not for serving');
writeFileSync(join(folder, 'build', 'index.html'), '<!doctype html><title>Parley</title>');
writeFileSync(join(folder, 'build', 'assets', 'main-4f2a.js'), SCRIPT);
writeFileSync(join(folder, 'build', 'assets', 'text.woff2'), Buffer.alloc(5_000, 7));
const pages = pagesIn(join(folder, 'build'));
const ask = (path: string, headers: Record<string, string> = {}) => pages.answer(path, new Headers(headers));

test('what has a hash in its name stays for ever, the first page is asked for anew', async () => {
  const script = await ask('/assets/main-4f2a.js');
  assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
  const first = await ask('/');
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  const again = await ask('/', { 'if-none-match': first.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
});

test('it comes as small as the browser can read it', async () => {
  const asked: [string, string | null][] = [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['', null],
  ];
  for (const [accepts, packing] of asked) {
    const answer = await ask('/assets/main-4f2a.js', { 'accept-encoding': accepts });
    assert.equal(answer.headers.get('content-encoding'), packing, accepts);
    assert.equal(answer.headers.get('vary'), 'accept-encoding');
    const octets = Buffer.from(await answer.arrayBuffer());
    const plain =
      packing === 'br' ? brotliDecompressSync(octets) : packing === 'gzip' ? gunzipSync(octets) : octets;
    assert.equal(plain.toString(), SCRIPT);
    assert(packing === null || octets.length < SCRIPT.length / 10);
  }
  const font = await ask('/assets/text.woff2', { 'accept-encoding': 'br' });
  assert.equal(font.headers.get('content-encoding'), null, 'what is packed already is not packed again');
});

test('a path of the pages gets the first page; a file that is not there does not', async () => {
  assert.equal((await ask('/wants/abc')).headers.get('content-type'), 'text/html; charset=utf-8');
  for (const path of ['/assets/gone.js', '/assets/', '/favicon.ico', '/robots.txt']) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test('nothing outside the folder is served', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '//secret.txt',
    '/assets/../../secret.txt',
  ]) {
    const answer = await ask(path);
    assert.doesNotMatch(await answer.text(), /not for serving/, path);
  }
});

test('pages that are built anew are served anew', async () => {
  writeFileSync(join(folder, 'build', 'index.html'), '<!doctype html><title>Newer</title>');
  utimesSync(join(folder, 'build', 'index.html'), 2_000_000_000, 2_000_000_000);
  assert.match(await (await ask('/')).text(), /Newer/);
});

test('without built pages it says what to do', async () => {
  const answer = await pagesIn(join(folder, 'none')).answer('/', new Headers());
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /npm run build/);
});
