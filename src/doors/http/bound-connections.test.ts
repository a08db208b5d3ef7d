import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { Hono } from 'hono';
import { systemClock } from '../../kernel/clock.ts';
import { must } from '../../kernel/result.ts';
import type { DoorLimits } from './bound-connections.ts';
import { DOOR_LIMITS } from './limits.ts';
import { listen } from './listen.ts';

const closers: (() => unknown)[] = [];
after(() => Promise.all(closers.map((close) => close())));

const LOOK = 100;
const BODY = 'x'.repeat(200);

/** A door with these limits that answers the length of a body, a stream of events, or more than anybody takes. */
async function door(limits: Partial<DoorLimits>): Promise<number> {
  const app = new Hono();
  app.post('/length', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)));
  app.post('/later', async (c) => {
    await wait(6 * LOOK);
    return c.text(String((await c.req.arrayBuffer()).byteLength));
  });
  app.get('/events', () => {
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('first\n'));
        systemClock.after(12 * LOOK, () => controller.enqueue(new TextEncoder().encode('last\n')));
      },
    });
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  });
  app.get('/endless', () => {
    const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(65_536));
    return new Response(new ReadableStream({ pull }));
  });
  const place = { host: '127.0.0.1', port: 0 };
  const listening = must(await listen(app, place, systemClock, { ...DOOR_LIMITS, ...limits }));
  closers.push(() => listening.stop());
  return listening.port;
}

interface Client {
  readonly socket: Socket;
  heard(): string;
  isClosed(): boolean;
}

function client(port: number, octets = ''): Client {
  const socket = connect(port, '127.0.0.1');
  closers.push(() => socket.destroy());
  let [heard, closed] = ['', false];
  socket.setEncoding('latin1').on('data', (text) => {
    heard += text;
  });
  socket
    .on('error', () => {})
    .on('close', () => {
      closed = true;
    });
  socket.write(octets);
  return { socket, heard: () => heard, isClosed: () => closed };
}

const post = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** Writes a piece again and again until told to stop. */
async function drip(to: Client, piece: string, everyMs: number): Promise<void> {
  while (!to.isClosed()) {
    to.socket.write(piece);
    await wait(everyMs);
  }
}

test('who says nothing, or only drips headers, is sent away', async () => {
  const port = await door({ headersMs: 200 });
  const silent = client(port);
  const dripping = client(port, 'GET / HTTP/1.1\r\nHost: a\r\n');
  await drip(dripping, 'X-A: b\r\n', 20);
  await until(() => silent.isClosed());
  assert.match(dripping.heard(), /^HTTP\/1\.1 408 /);
});

test('headers without end are refused', async () => {
  const port = await door({});
  const bomb = client(port, `GET / HTTP/1.1\r\nHost: a\r\n${`X-A: ${'b'.repeat(100)}\r\n`.repeat(200)}`);
  await until(() => bomb.isClosed());
  assert.match(bomb.heard(), /^HTTP\/1\.1 431 /);
});

test('a body that drips is cut, one that flows is taken, however long it takes', async () => {
  const port = await door({ lookMs: LOOK, slowestBytes: 100 });
  const silent = client(port, post('/length', 10));
  const dripping = client(port, post('/length', 100_000));
  const flowing = client(port, post('/length', 40 * BODY.length));
  const dripped = drip(dripping, 'x', 20);
  for (let i = 0; i < 40; i++) {
    flowing.socket.write(BODY);
    await wait(20);
  }
  await until(
    () => silent.isClosed() && dripping.isClosed() && flowing.heard().endsWith(String(40 * BODY.length)),
  );
  await dripped;
});

test('a body that this side reads late is not its sender’s fault', async () => {
  const port = await door({ lookMs: LOOK, slowestBytes: 100 });
  const large = 4_000_000;
  const sender = client(port, post('/later', large) + 'x'.repeat(large));
  await until(() => sender.heard().endsWith(String(large)) || sender.isClosed());
  assert.match(sender.heard(), /^HTTP\/1\.1 200 /);
});

test('an answer that nobody takes is cut, a stream of events that is quiet is not', async () => {
  const port = await door({ lookMs: LOOK, untakenLooks: 3, headersMs: 400, requestMs: 600, restMs: 200 });
  const listener = client(port, get('/events'));
  const reluctant = client(port, get('/endless'));
  reluctant.socket.pause();
  await until(() => listener.heard().includes('last'), 500);
  assert(!listener.isClosed());
  reluctant.socket.resume();
  await until(() => reluctant.isClosed());
});

test('one side has so many connections and no more, and one that ends makes room', async () => {
  const port = await door({ connectionsFromHere: 3 });
  const some = [client(port), client(port), client(port)];
  for (const one of some) await ask(one);
  const over = client(port, post('/length', 0));
  await until(() => over.isClosed());
  assert.equal(over.heard(), '');
  some[0]?.socket.destroy();
  await until(() => some[0]?.isClosed() === true);
  await wait(50);
  const next = client(port);
  await ask(next);
  assert(!next.isClosed());
});

test('all sides together have so many too', async () => {
  const port = await door({ connections: 2 });
  const some = [client(port), client(port)];
  for (const one of some) await ask(one);
  const over = client(port, post('/length', 0));
  await until(() => over.isClosed());
  assert.equal(over.heard(), '');
});

async function ask(one: Client): Promise<void> {
  one.socket.write(post('/length', 0));
  await until(() => one.heard().endsWith('0') && one.heard().includes('200 OK'));
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean, turns = 300): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert(turn < turns, 'it never came to be');
    await wait(10);
  }
}
