import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { after, test } from 'node:test';
import { fromUtf8, toUtf8 } from './bytes.ts';
import { systemClock } from './clock.ts';
import type { ExchangeLimits } from './exchange.ts';
import { LIMITS } from './limits.ts';
import { safeExchange } from './safe-exchange.ts';
import { listenOn, rawServer } from './testing.ts';

const closers: (() => unknown)[] = [];
after(() => Promise.all(closers.map((close) => close())));

interface Asked {
  readonly code: string;
  readonly text: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly ms: number;
}

/** Asks a server that behaves like that, and checks that no connection is left when it did not end well. */
async function ask(
  behave: (socket: Socket, head: string) => void,
  limits: Partial<ExchangeLimits> = {},
  request: { readonly method?: string; readonly body?: Uint8Array } = {},
): Promise<Asked> {
  const server = await listenOn(rawServer(behave));
  const host = `127.0.0.1:${server.port}`;
  const out = safeExchange({
    clock: systemClock,
    plainHosts: [host],
    allowedNetworks: ['127.0.0.1/32'],
    idleMs: 150,
  });
  closers.push(() => server.close());
  const started = performance.now();
  const answer = await out(
    { method: 'GET', url: `http://${host}/`, headers: {}, body: new Uint8Array(0), ...request },
    { timeoutMs: 5_000, ...limits },
  );
  const ms = performance.now() - started;
  if (!answer.ok) await until(() => server.open() === 0);
  closers.push(() => out.close());
  if (!answer.ok) return { code: answer.code, text: undefined, headers: {}, ms };
  const { status, body, headers } = answer.value;
  return { code: String(status), text: fromUtf8(body), headers, ms };
}

const head = (...lines: string[]): string => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;
const says =
  (...octets: string[]) =>
  (socket: Socket): void => {
    for (const text of octets) socket.write(text, 'latin1');
  };
const thenEnds = (octets: string) => (socket: Socket) => socket.end(octets, 'latin1');

/** Writes again and again as fast as the other side reads, or every so many milliseconds. */
function goesOn(socket: Socket, text: string, everyMs = 0): void {
  const more = (): void => {
    if (socket.destroyed) return;
    if (everyMs > 0) setTimeout(() => socket.write(text, more), everyMs);
    else if (socket.write(text)) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
}

test('an answer that never begins, or stops halfway, is late', async () => {
  const silent = [says(), says('HTTP/1.1 200'), says(head('Content-Length: 5'), 'hel'), says(head(), 'x')];
  for (const behave of [...silent, says(head('Transfer-Encoding: chunked'), '5\r\nhello\r\n')]) {
    const asked = await ask(behave);
    assert.equal(asked.code, 'answer-late');
    assert(asked.ms < 3_000, `${asked.ms}`);
  }
});

test('an answer that comes in drops is late as a whole', async () => {
  const drops = [
    (socket: Socket) => goesOn(socket, 'H', 20),
    (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      goesOn(socket, 'X-A: b\r\n', 20);
    },
    (socket: Socket) => {
      socket.write(head('Content-Length: 100000'));
      goesOn(socket, 'x', 20);
    },
    (socket: Socket) => goesOn(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 60),
  ];
  const codes = [];
  for (const behave of drops) {
    const asked = await ask(behave, { timeoutMs: 400 });
    codes.push(asked.code);
    assert(asked.ms < 3_000, `${asked.ms}`);
  }
  // The first is not even HTTP.
  assert.deepEqual(codes, ['answer-malformed', 'answer-late', 'answer-late', 'answer-late']);
});

test('an answer without end is cut where too much begins', async () => {
  const bodies = [head(), head('Content-Length: 99999999999'), head('Transfer-Encoding: chunked')];
  const piece = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
  for (const first of bodies) {
    const asked = await ask((socket) => {
      socket.write(first);
      goesOn(socket, piece);
    });
    assert.equal(asked.code, 'answer-too-large', first);
  }
  const exact = 'x'.repeat(1_000);
  assert.equal((await ask(thenEnds(head() + exact), { maxBytes: 1_000 })).text, exact);
  assert.equal((await ask(thenEnds(`${head()}${exact}y`), { maxBytes: 1_000 })).code, 'answer-too-large');
});

test('headers without end are cut too, wherever they stand', async () => {
  const endless = [
    ['HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'],
    ['HTTP/1.1 200 OK\r\nX-A: ', 'b'.repeat(1_000)],
    ['HTTP/1.1 200 ', 'OK'.repeat(1_000)],
    [`${head('Transfer-Encoding: chunked')}0\r\n`, 'X-A: b\r\n'],
    [`${head('Transfer-Encoding: chunked')}1;`, 'a=b;'.repeat(100)],
  ];
  for (const [first = '', more = ''] of endless) {
    const asked = await ask((socket) => {
      socket.write(first);
      goesOn(socket, more);
    });
    assert.match(asked.code, /^answer-(too-large|malformed)$/, first);
  }
  const many = Array.from({ length: 1_000 }, (_, i) => `X-${i}: b`);
  assert((LIMITS.outwardHeaderBytes as number) > many.join('\r\n').length); // a literal type otherwise
  assert.equal((await ask(thenEnds(head(...many)))).headers['x-999'], 'b');
});

test('notices without end before the answer are cut', async () => {
  const few = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(3);
  assert.equal((await ask(thenEnds(`${few}${head('Content-Length: 2')}ok`))).text, 'ok');
  const asked = await ask((socket) => goesOn(socket, few));
  assert.equal(asked.code, 'answer-malformed');
});

test('what is not proper HTTP is no answer', async () => {
  const wrong = [
    'SSH-2.0-OpenSSH_9.2\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n',
    'HTTP/1.1 200 OK\r\nX-A : b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nX-A: b\x00c\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    'HTTP/9.9 200 OK\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  ];
  for (const octets of wrong) assert.equal((await ask(thenEnds(octets))).code, 'answer-malformed', octets);
});

test('a connection that breaks is told as such, wherever it breaks', async () => {
  const breaks = [
    (socket: Socket) => socket.destroy(),
    (socket: Socket) => socket.resetAndDestroy(),
    (socket: Socket) => socket.end(),
    thenEnds('HTTP/1.1 200 OK\r\nX-A'),
    thenEnds(`${head('Content-Length: 5')}hel`),
    thenEnds(`${head('Transfer-Encoding: chunked')}5\r\nhel`),
    thenEnds(`${head('Transfer-Encoding: chunked')}5\r\nhello\r\n`),
    (socket: Socket) => socket.write(`${head('Content-Length: 5')}hel`, () => socket.resetAndDestroy()),
  ];
  for (const behave of breaks) assert.equal((await ask(behave)).code, 'answer-broken-off', String(behave));
});

test('HTTP/1.0, a closing or half-closed side, and an empty answer are fine', async () => {
  assert.equal((await ask(thenEnds('HTTP/1.0 200 OK\r\n\r\nold'))).text, 'old');
  assert.equal((await ask(thenEnds('HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold'))).text, 'old');
  assert.equal((await ask(thenEnds(`${head('Connection: close', 'Content-Length: 3')}new`))).text, 'new');
  const halved = await ask((socket) => {
    socket.end(`${head('Content-Length: 3')}bye`);
    socket.resume();
  });
  assert.equal(halved.text, 'bye');
  assert.equal((await ask(thenEnds('HTTP/1.1 204 No Content\r\n\r\n'))).code, '204');
  assert.equal((await ask(thenEnds('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'))).code, '304');
});

test('an answer before the whole request was taken counts, and its connection does not stay', async () => {
  const body = toUtf8('x'.repeat(8_000_000));
  let socketHere: Socket | undefined;
  const asked = await ask(
    (socket) => {
      socketHere = socket;
      socket.pause();
      socket.write('HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n');
    },
    {},
    { method: 'POST', body },
  );
  assert.equal(asked.code, '413');
  await new Promise((resolve) => setTimeout(resolve, LIMITS.outwardRestOfRequestMs + 300));
  socketHere?.on('error', () => {}).resume();
  await until(() => socketHere?.destroyed === true);
});

test('cookies do not come in, headers that come twice are joined, no octet is unpacked', async () => {
  const lines = ['Set-Cookie: a=b', 'X-Two: 1', 'X-Two: 2', 'Content-Type: text/a', 'Content-Type: text/b'];
  const packed = '\x1f\x8b\x08\x00';
  const asked = await ask(thenEnds(`${head(...lines, 'Content-Encoding: gzip', '__proto__: x')}ab`));
  assert.equal(asked.headers['set-cookie'], undefined);
  assert.equal(asked.headers['x-two'], '1, 2');
  assert.equal(asked.headers['content-type'], 'text/a, text/b');
  assert.equal(Object.getPrototypeOf(asked.headers), Object.prototype);
  const raw = await ask(thenEnds(`${head('Content-Encoding: gzip')}${packed}`));
  assert.equal(raw.code, '200');
});

test('a body in chunks of one octet is read, but not for seconds', async () => {
  const chunks = (count: number): string =>
    `${head('Transfer-Encoding: chunked')}${'1\r\nx\r\n'.repeat(count)}`;
  const some = await ask(thenEnds(`${chunks(5_000)}0\r\n\r\n`));
  assert.equal(some.text, 'x'.repeat(5_000));
  const asked = await ask((socket) => {
    socket.write(chunks(1));
    goesOn(socket, '1\r\nx\r\n'.repeat(1_000));
  });
  assert.equal(asked.code, 'answer-malformed');
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert(turn < 300, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
