import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { after, test } from 'node:test';
import { fromUtf8 } from './bytes.ts';
import { manualClock, systemClock } from './clock.ts';
import { safeExchange } from './safe-exchange.ts';
import { slots } from './slots.ts';
import { type Listener, listenOn, rawServer } from './testing.ts';

const closers: (() => unknown)[] = [];
after(() => Promise.all(closers.map((close) => close())));

const serve = async (answer: RequestListener): Promise<Listener> => {
  const server = await listenOn(createServer({ keepAliveTimeout: 60_000 }, answer));
  closers.push(() => server.close());
  return server;
};

function out(servers: readonly Listener[], sockets?: { readonly total: number; readonly perHost: number }) {
  const exchange = safeExchange({
    clock: systemClock,
    plainHosts: servers.map((server) => `127.0.0.1:${server.port}`),
    allowedNetworks: ['127.0.0.0/8'],
    ...(sockets && { sockets }),
  });
  closers.push(() => exchange.close());
  const ask = async (server: Listener, path = '/', timeoutMs = 30_000): Promise<string> => {
    const url = `http://127.0.0.1:${server.port}${path}`;
    const request = { method: 'GET', url, headers: {}, body: new Uint8Array(0) };
    const answer = await exchange(request, { timeoutMs });
    return answer.ok ? (fromUtf8(answer.value.body) ?? '') : answer.code;
  };
  return { ask, close: () => exchange.close() };
}

test('a thousand requests one after the other share one connection', async () => {
  const server = await serve((request, response) => response.end(request.url));
  const { ask, close } = out([server]);
  for (let i = 0; i < 1_000; i++) assert.equal(await ask(server, `/${i}`), `/${i}`);
  assert.deepEqual([server.came(), server.open()], [1, 1]);
  close();
  await until(() => server.open() === 0);
});

test('200 requests at once share the few connections to one host, and each gets its own answer', async () => {
  let [now, most] = [0, 0];
  const server = await serve((request, response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      response.end(request.url);
    }, 2);
  });
  const { ask, close } = out([server], { total: 64, perHost: 4 });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(server, `/${i}`)));
  assert.deepEqual(
    answers,
    answers.map((_, i) => `/${i}`),
  );
  assert.deepEqual([most, server.came(), server.open()], [4, 4, 4]);
  close();
  await until(() => server.open() === 0);
});

test('many hosts share the connections there are; those at rest give way', async () => {
  const servers = await Promise.all(
    Array.from({ length: 12 }, () => serve((request, response) => response.end(request.url))),
  );
  const { ask } = out(servers, { total: 3, perHost: 2 });
  const open = (): number => servers.reduce((sum, server) => sum + server.open(), 0);
  for (let round = 0; round < 5; round++) {
    for (const server of servers) assert.equal(await ask(server, '/one'), '/one');
    const all = await Promise.all(servers.flatMap((server) => [ask(server, '/a'), ask(server, '/b')]));
    assert.deepEqual([...new Set(all)], ['/a', '/b']);
    await until(() => open() <= 3);
  }
});

test('a hundred answers that break leave no connection, and the next one is fine', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/fine') response.end('fine');
    else if (request.url === '/cut') response.destroy();
    else response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy());
  });
  const { ask } = out([server]);
  for (let i = 0; i < 50; i++) {
    assert.equal(await ask(server, '/half'), 'answer-broken-off');
    assert.equal(await ask(server, '/cut'), 'answer-broken-off');
    assert.equal(await ask(server, '/fine'), 'fine');
  }
  await until(() => server.open() === 1);
});

test('a connection that the other side closed at rest is noticed, and the request goes over a new one', async () => {
  let sockets: Socket[] = [];
  const heard: string[] = [];
  const server = await listenOn(
    rawServer((socket, head) => {
      const path = head.split(' ')[1] ?? '';
      heard.push(path);
      // The second request on a connection finds it closed: the usual race of a server that tidies up.
      if (sockets.includes(socket)) socket.destroy();
      else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
      sockets = [...sockets, socket];
    }),
  );
  closers.push(() => server.close());
  const { ask } = out([server]);
  assert.equal(await ask(server, '/first'), '/first');
  assert.equal(await ask(server, '/second'), '/second');
  assert.deepEqual(heard, ['/first', '/second', '/second']);
  // A fresh connection that breaks is not tried again.
  const rude = await listenOn(rawServer((socket) => socket.destroy()));
  closers.push(() => rude.close());
  assert.equal(await out([rude]).ask(rude), 'answer-broken-off');
  assert.equal(rude.came(), 1);
});

test('octets that nobody asked for are the answer to nothing', async () => {
  const answer = (text: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  const server = await listenOn(
    rawServer((socket, head) => {
      const path = head.split(' ')[1] ?? '';
      socket.write(answer(path) + answer('planted'));
    }),
  );
  closers.push(() => server.close());
  const { ask } = out([server]);
  for (const path of ['/a', '/b', '/c']) {
    assert.equal(await ask(server, path), path);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('one host that does not answer holds up no other, and those who wait for it are told', async () => {
  const [quick, stuck] = [await serve((_, response) => response.end('quick')), await serve(() => {})];
  const { ask } = out([quick, stuck], { total: 3, perHost: 2 });
  const waiting = Array.from({ length: 6 }, () => ask(stuck, '/', 500));
  assert.equal(await ask(quick, '/', 400), 'quick');
  const codes = await Promise.all(waiting);
  assert.deepEqual(
    [codes.filter((it) => it === 'answer-late').length, codes.filter((it) => it === 'line-busy').length],
    [2, 4],
  );
  assert.equal(await ask(quick), 'quick');
});

test('slots are given in order, not beyond their number, and the queue has an end', async () => {
  const clock = manualClock(0);
  const line = slots(clock, { total: 2, perKey: 1, waiting: 3, waitingPerKey: 2 });
  const got: string[] = [];
  const take = (name: string, key: string, ms = 100) =>
    line.take(key, ms).then((release) => {
      got.push(release ? name : `no ${name}`);
      return release;
    });
  const a = await take('a', 'x');
  const waiting = [take('b', 'x'), take('c', 'x', 50), take('d', 'x')];
  const e = await take('e', 'y');
  const f = take('f', 'z');
  await take('g', 'w');
  assert.deepEqual(got, ['a', 'no d', 'e', 'no g']);
  clock.advance(60);
  await waiting[1];
  e?.();
  e?.();
  await f;
  a?.();
  await waiting[0];
  assert.deepEqual(got.slice(4), ['no c', 'f', 'b']);
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert(turn < 300, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
