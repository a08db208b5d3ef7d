import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createPlainServer } from 'node:net';
import { after, test } from 'node:test';
import type { Exchange, WireRequest, WireResponse } from '../network/model.ts';
import { fromUtf8, toUtf8 } from './bytes.ts';
import { systemClock } from './clock.ts';
import { askNameServers, type Resolve } from './resolve-host.ts';
import type { Result } from './result.ts';
import { safeExchange } from './safe-exchange.ts';
import { type Listener, listenOn, nameServer, rawServer, throwawayCertificate } from './testing.ts';

const closers: (() => unknown)[] = [];
after(() => Promise.all(closers.map((close) => close())));
const opened = <T extends { close(): unknown }>(it: T): T => {
  closers.push(() => it.close());
  return it;
};

const get = (url: string, headers: Record<string, string> = {}): WireRequest => ({
  method: 'GET',
  url,
  headers,
  body: new Uint8Array(0),
});
const codeOf = (answer: Result<WireResponse>): string =>
  answer.ok ? String(answer.value.status) : answer.code;

const makeOut = (options: Partial<Parameters<typeof safeExchange>[0]> = {}): Exchange =>
  opened(safeExchange({ clock: systemClock, ...options }));

const always =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses;

/** A server that must not be reached: it counts who came. */
const trap = async (host: string, port = 0): Promise<Listener> =>
  opened(
    await listenOn(
      rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nsecret')),
      host,
      port,
    ),
  );

const good = throwawayCertificate(['node.example'], ['127.0.0.1']);
const secure = async (pair = good): Promise<Listener> => {
  const server = createTlsServer({ key: pair.key, cert: pair.cert }, (request, response) => {
    const heard: Buffer[] = [];
    request.on('data', (chunk) => heard.push(chunk));
    request.on('end', () => response.end(JSON.stringify([request.headers, String(Buffer.concat(heard))])));
  });
  return opened(await listenOn(server));
};
const HERE = { allowedNetworks: ['127.0.0.1/32'] };

test('over real TLS: the request arrives as it was made, with nothing that tells who asks', async () => {
  const server = await secure();
  const out = makeOut({ ...HERE, trusted: [good.cert], resolve: always('127.0.0.1') });
  const url = `https://node.example:${server.port}/parley/v1/inbox/abc`;
  const request = { method: 'POST', url, headers: { 'content-type': 'text/plain' }, body: toUtf8('hello') };
  const answer = await out(request);
  assert(answer.ok, codeOf(answer));
  assert.deepEqual(JSON.parse(fromUtf8(answer.value.body) ?? ''), [
    {
      'content-type': 'text/plain',
      host: `node.example:${server.port}`,
      'user-agent': 'Parley',
      'accept-encoding': 'identity',
      'content-length': '5',
      connection: 'keep-alive',
    },
    'hello',
  ]);
});

test('a certificate has to be trusted, in date, and for this very host', async () => {
  const [server, past] = [await secure(), throwawayCertificate(['node.example'], [], [2001, 2002])];
  const old = await secure(past);
  const trusted = [good.cert, past.cert];
  const out = makeOut({ ...HERE, trusted, resolve: always('127.0.0.1') });
  assert.equal(codeOf(await out(get(`https://node.example:${server.port}/`))), '200');
  assert.equal(codeOf(await out(get(`https://127.0.0.1:${server.port}/`))), '200');
  assert.equal(codeOf(await out(get(`https://other.example:${server.port}/`))), 'tls-failed');
  assert.equal(codeOf(await out(get(`https://node.example:${old.port}/`))), 'tls-failed');
  const stranger = makeOut({ ...HERE, resolve: always('127.0.0.1') });
  assert.equal(codeOf(await stranger(get(`https://node.example:${server.port}/`))), 'tls-failed');
  const plain = opened(await listenOn(createPlainServer((socket) => socket.end('SSH-2.0-x\r\n'))));
  assert.equal(codeOf(await out(get(`https://node.example:${plain.port}/`))), 'tls-failed');
});

test('a name that leads into a private network is not dialled', async () => {
  const inside = await trap('127.0.0.1');
  for (const address of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    '::',
    'fe80::1%lo',
    'localhost',
  ]) {
    const out = makeOut({ resolve: always(address) });
    assert.equal(codeOf(await out(get(`https://node.example:${inside.port}/`))), 'host-forbidden', address);
  }
  assert.equal(inside.came(), 0);
});

test('of several addresses only the allowed ones are dialled', async () => {
  const inside = await trap('127.0.0.2');
  const out = makeOut({ ...HERE, resolve: always('127.0.0.2', '127.0.0.1', '127.0.0.2') });
  assert.equal(codeOf(await out(get(`https://node.example:${inside.port}/`))), 'connect-failed');
  assert.equal(inside.came(), 0);
});

test('a name that changes its address between two look-ups leads nowhere else', async () => {
  const server = await secure();
  const inside = await trap('127.0.0.2', server.port);
  const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2', '127.0.0.1']];
  let asked = 0;
  const names = opened(await nameServer(() => answers[asked++] ?? []));
  const resolve = askNameServers([`127.0.0.1:${names.port}`]);
  const url = `https://node.example:${server.port}/`;
  const ask = async () => {
    const out = makeOut({ ...HERE, trusted: [good.cert], resolve });
    return codeOf(await out(get(url)));
  };
  assert.deepEqual(
    [await ask(), await ask(), await ask(), await ask()],
    ['200', 'host-forbidden', '200', 'host-unknown'],
  );
  assert.equal(asked, 4, 'one look-up for each connection');
  assert.equal(inside.came(), 0);
});

test('a name server that says nothing holds up its own names only, and not for ever', async () => {
  const names = opened(await nameServer((name) => (name === 'quick.example' ? ['127.0.0.1'] : undefined)));
  const server = await secure(throwawayCertificate(['quick.example'], []));
  const out = makeOut({ ...HERE, resolve: askNameServers([`127.0.0.1:${names.port}`]) });
  const slow = Array.from({ length: 8 }, (_, i) =>
    out(get(`https://slow${i}.example/`), { timeoutMs: 400, maxBytes: 1_000 }),
  );
  assert.equal(codeOf(await out(get(`https://quick.example:${server.port}/`))), 'tls-failed');
  assert.deepEqual([...new Set((await Promise.all(slow)).map(codeOf))], ['connect-failed']);
});

test('names that the operator chose may stand in the hosts file', async () => {
  const server = opened(await listenOn(createServer((_, response) => response.end('here'))));
  const plainHosts = [`localhost:${server.port}`];
  const out = makeOut({ plainHosts, allowedNetworks: ['127.0.0.0/8', '::1/128'] });
  assert.equal(codeOf(await out(get(`http://localhost:${server.port}/`))), '200');
  assert.equal(
    codeOf(await makeOut({ plainHosts })(get(`http://localhost:${server.port}/`))),
    'host-forbidden',
  );
});

test('a redirect is an answer like any other', async () => {
  const inside = await trap('127.0.0.2');
  for (const status of [301, 302, 303, 307, 308]) {
    const location = `http://127.0.0.2:${inside.port}/`;
    const server = opened(
      await listenOn(
        createServer((_, response) =>
          response.writeHead(status, { location, refresh: `0; url=${location}` }).end(),
        ),
      ),
    );
    const out = makeOut({ ...HERE, plainHosts: [`127.0.0.1:${server.port}`] });
    const answer = await out(get(`http://127.0.0.1:${server.port}/`));
    assert(answer.ok);
    assert.deepEqual([answer.value.status, answer.value.headers.location], [status, location]);
  }
  assert.equal(inside.came(), 0);
});

test('a request that could be read in two ways is not sent', async () => {
  const server = await trap('127.0.0.1');
  const out = makeOut({ ...HERE, plainHosts: [`127.0.0.1:${server.port}`] });
  const url = `http://127.0.0.1:${server.port}/`;
  const wrong: WireRequest[] = [
    get(url, { 'x-a': 'b\r\nx-c: d' }),
    get(url, { 'x-a': 'é' }),
    get(url, { 'x a': 'b' }),
    get(url, { 'X-A': 'b' }),
    ...['host', 'cookie', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade'].map(
      (name) => get(url, { [name]: '0' }),
    ),
    ...['CONNECT', 'TRACE', 'get', 'GET / HTTP/1.1\r\n', ''].map((method) => ({ ...get(url), method })),
    { ...get(url), body: toUtf8('x') },
  ];
  for (const request of wrong)
    assert.equal(codeOf(await out(request)), 'request-malformed', JSON.stringify(request));
  assert.equal(server.came(), 0);
});

test('no sentence of a failure holds the address', async () => {
  const gone = await trap('127.0.0.1');
  await gone.close();
  const out = makeOut({ ...HERE, resolve: async (host) => (host === 'none.example' ? [] : ['127.0.0.1']) });
  const urls = [
    'https://8.8.8.8:25/',
    'https://127.0.0.2/',
    'http://secret.example/',
    'https://secret.example./',
  ];
  const failing = [...urls, 'https://none.example/', `https://secret.example:${gone.port}/`];
  const codes = new Set<string>();
  for (const url of failing) {
    const answer = await out(get(url));
    assert(!answer.ok);
    codes.add(answer.code);
    assert.doesNotMatch(`${answer.message} ${answer.next}`, /secret|none\.|127|8\.8|:\d/, answer.code);
  }
  assert.equal(codes.size, failing.length);
});
