import type { Socket } from 'node:net';
import { systemClock } from '../../src/kernel/clock.ts';
import { safeExchange } from '../../src/kernel/safe-exchange.ts';
import { type Listener, listenOn, rawServer } from '../../src/kernel/testing.ts';
import type { Attack } from './model.ts';

const NOTHING = new Uint8Array(0);
type Options = Partial<Parameters<typeof safeExchange>[0]>;

/** Asks a real server that behaves like this, on loopback, which is allowed unless it says otherwise. */
async function asked(
  behave: (socket: Socket) => void,
  options: Options | ((port: number) => Options),
  url = (port: number) => `http://127.0.0.1:${port}/`,
) {
  const server: Listener = await listenOn(rawServer(behave));
  const own = typeof options === 'function' ? options(server.port) : options;
  const plainHosts = [`127.0.0.1:${server.port}`, `rebound.example:${server.port}`];
  const out = safeExchange({
    clock: systemClock,
    plainHosts,
    allowedNetworks: ['127.0.0.1/32'],
    idleMs: 300,
    ...own,
  });
  try {
    const began = process.memoryUsage().rss;
    const answer = await out(
      { method: 'GET', url: url(server.port), headers: {}, body: NOTHING },
      { timeoutMs: 4_000 },
    );
    const grown = process.memoryUsage().rss - began;
    return { code: answer.ok ? String(answer.value.status) : answer.code, came: server.came(), grown };
  } finally {
    out.close();
    await server.close();
  }
}

function kept(
  name: string,
  does: string,
  ask: () => ReturnType<typeof asked>,
  expected: RegExp,
  mostCame = 1,
): Attack {
  return {
    name,
    does,
    async attempt() {
      const { code, came, grown } = await ask();
      if (!expected.test(code)) return `it ended with ${code}`;
      if (came > mostCame) return `${came} connections came`;
      return grown < 64_000_000 ? undefined : `memory grew by ${grown} octets`;
    },
  };
}

const head = (...lines: string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;

function without_end(socket: Socket, first: string, more: string): void {
  socket.write(first);
  const on = (): void => {
    if (socket.destroyed) return;
    if (socket.write(more)) setImmediate(on);
    else socket.once('drain', on);
  };
  on();
}

const says = (text: string) => (socket: Socket) => void socket.end(text, 'latin1');

/** Where a node may be led, and what it may be answered, when it asks the network itself: over real sockets. */
export const outward: readonly Attack[] = [
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    '192.168.1.1',
    'fd00::1',
  ].map((address) =>
    kept(
      `a name that leads to ${address}`,
      'gives its name an address within',
      () =>
        asked(
          says('x'),
          { allowedNetworks: [], resolve: async () => [address] },
          (port) => `http://rebound.example:${port}/`,
        ),
      /^host-forbidden$/,
      0,
    ),
  ),
  kept(
    'rebinding',
    'answers the second look-up with another address than the first',
    () => {
      let looks = 0;
      return asked(
        says('HTTP/1.1 200 OK\r\n\r\n'),
        {
          allowedNetworks: ['203.0.113.0/24'],
          resolve: async () => (looks++ === 0 ? ['127.0.0.1'] : ['203.0.113.1']),
        },
        (port) => `http://rebound.example:${port}/`,
      );
    },
    /^host-forbidden$/,
    0,
  ),
  kept(
    'a redirect within',
    'answers with an address within',
    () =>
      asked(says('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:22/\r\nContent-Length: 0\r\n\r\n'), {}),
    /^302$/,
  ),
  kept(
    'an answer of 100 MB',
    'says and sends a hundred megabytes',
    () => asked((s) => without_end(s, head('Content-Length: 104857600'), 'x'.repeat(65_536)), {}),
    /^answer-too-large$/,
  ),
  kept(
    'an endless answer',
    'sends for ever',
    () => asked((s) => without_end(s, head(), 'x'.repeat(65_536)), {}),
    /^answer-too-large$/,
  ),
  kept(
    'endless headers',
    'sends headers for ever',
    () => asked((s) => without_end(s, 'HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'.repeat(100)), {}),
    /^answer-(too-large|malformed)$/,
  ),
  kept(
    'a packed answer',
    'sends an answer that unpacks a thousandfold',
    () => asked(says(`${head('Content-Encoding: gzip', 'Content-Length: 4')}\x1f\x8b\x08\x00`), {}),
    /^200$/,
  ),
  kept('silence', 'takes the request and says nothing', () => asked(() => {}, {}), /^answer-late$/),
  kept(
    'an answer in drops',
    'says one octet now and then',
    () => asked((s) => void setInterval(() => s.destroyed || s.write('x'), 100).unref(), {}),
    /^answer-(late|malformed)$/,
  ),
  kept(
    'an address in another spelling',
    'names 127.0.0.1 as 0x7f000001',
    () => asked(says('x'), {}, (port) => `http://0x7f000001:${port}/`),
    /^url-refused$/,
    0,
  ),
  kept(
    'a user in the address',
    'hides the host behind a user',
    () => asked(says('x'), {}, (port) => `http://node.example@127.0.0.1:${port}/`),
    /^url-refused$/,
    0,
  ),
  kept(
    'no encryption',
    'names a host without TLS that nobody allowed',
    () => asked(says('x'), { plainHosts: [] }),
    /^tls-needed$/,
    0,
  ),
];
