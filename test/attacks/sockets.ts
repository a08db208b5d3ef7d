import { connect } from 'node:net';
import { join } from 'node:path';
import { type Serving, serve } from '../../src/doors/http/serve.ts';
import { must } from '../../src/kernel/result.ts';
import type { WireRequest } from '../../src/network/index.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { carrying, changed, nextRecord, posted } from './forging.ts';
import type { Attack } from './model.ts';
import { HOME, rowsOf, type World } from './world.ts';

const PATIENCE_MS = 1_500;

function door(world: World): Promise<Serving> {
  const { deps, data } = world.home;
  const answer = world.home.answerPeer;
  const peers = { origin: `https://${HOME}`, answer };
  const places = { scratch: join(data, 'scratch'), socket: join(data, 'attacked.sock'), pages: data };
  const own = { deps, operations: OPERATIONS, port: 0, addresses: [], reportBug: () => {} };
  return serve({ ...own, ...places, peers }).then(must);
}

/** Everything that is answered to these octets before the other side closes or a moment has passed. */
function raw(port: number, octets: Uint8Array | string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(octets));
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(heard);
    };
    const timer = setTimeout(end, PATIENCE_MS);
    socket.setEncoding('latin1').on('data', (text) => {
      heard += text;
    });
    socket.on('close', end).on('error', end);
  });
}

function statuses(heard: string): number[] {
  return [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((it) => Number(it[1]));
}

/** The request as octets of HTTP/1.1, with these lines in front of its own headers. */
function octetsOf(
  { method, url, headers, body }: WireRequest,
  more: readonly string[],
  length = body.length,
): Buffer {
  const { pathname } = new URL(url);
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const sized = length >= 0 ? [`content-length: ${length}`] : [];
  const head = [`${method} ${pathname} HTTP/1.1`, ...more, ...own, ...sized].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

/** Octets at the real port: answered with one of these statuses or cut, nothing changed, and the door still open. */
function sent(
  name: string,
  does: string,
  make: (world: World) => Promise<Uint8Array | string>,
  allowed: readonly number[],
): Attack {
  return {
    name,
    does,
    async attempt(world) {
      const serving = await door(world);
      try {
        const before = await rowsOf(world.home);
        const found = statuses(await raw(serving.port, await make(world)));
        const rows = await changed(world.home, before);
        const alive = await raw(
          serving.port,
          `GET /.well-known/parley HTTP/1.1\r\nhost: ${HOME}\r\nconnection: close\r\n\r\n`,
        );
        if (found.some((it) => !allowed.includes(it))) return `it was answered: ${found}`;
        if (rows.length > 0) return `rows changed in ${rows}`;
        return statuses(alive)[0] === 200 ? undefined : 'the door does not answer any more';
      } finally {
        await serving.stop();
      }
    },
  };
}

const honest = async (world: World): Promise<WireRequest> =>
  posted(world, [carrying(world, await nextRecord(world))]);
const HOST = `host: ${HOME}`;

/** Shapes of HTTP on a real socket (RFC 9112). */
export const sockets: readonly Attack[] = [
  sent(
    'a header bomb',
    'sends headers of a megabyte',
    async () => `POST /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\nx: ${'a'.repeat(1_000_000)}\r\n\r\n`,
    [431, 400],
  ),
  sent(
    'ten thousand headers',
    'sends ten thousand short headers',
    async () => `POST /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\n${'a: b\r\n'.repeat(10_000)}\r\n`,
    [431, 400],
  ),
  sent(
    'two lengths',
    'says two lengths, so that a proxy reads another request',
    async (w) => octetsOf(await honest(w), [HOST, 'content-length: 5']),
    [400],
  ),
  sent(
    'a length and chunks',
    'says a length and chunks, so that a proxy reads another request',
    async (w) => octetsOf(await honest(w), [HOST, 'transfer-encoding: chunked']),
    [400],
  ),
  sent(
    'chunks written oddly',
    'hides “chunked” from one of two readers',
    async (w) => octetsOf(await honest(w), [HOST, 'transfer-encoding : chunked']),
    [400],
  ),
  sent(
    'chunks twice',
    'says “chunked, identity”',
    async (w) => octetsOf(await honest(w), [HOST, 'transfer-encoding: chunked, identity'], -1),
    [400],
  ),
  sent(
    'a negative chunk',
    'sends a chunk of -1 octets',
    async () => `POST /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\ntransfer-encoding: chunked\r\n\r\n-1\r\n`,
    [400],
  ),
  sent(
    'a folded header',
    'continues a header on the next line',
    async (w) => octetsOf(await honest(w), [HOST, 'x: a', ' b: c']),
    [400],
  ),
  sent(
    'a bare line feed',
    'ends lines with a line feed alone',
    async () => `POST /parley/v1/inbox/x HTTP/1.1\n${HOST}\ncontent-length: 0\n\n`,
    [400],
  ),
  sent(
    'a zero in a header',
    'writes a zero octet into a header',
    async (w) => octetsOf(await honest(w), [HOST, 'x: a\0b']),
    [400],
  ),
  sent(
    'no host',
    'leaves out the host',
    async (w) => octetsOf({ ...(await honest(w)), method: 'POST' }, []),
    [400],
  ),
  sent(
    'two hosts',
    'names two hosts',
    async (w) => octetsOf({ ...(await honest(w)), headers: {} }, [HOST, 'host: other.example']),
    [400, 415],
  ),
  sent(
    'another target',
    'asks a proxy’s way for another host’s address',
    async () => `GET http://169.254.169.254/latest HTTP/1.1\r\n${HOST}\r\n\r\n`,
    [400, 403, 404, 421, 503],
  ),
  sent(
    'CONNECT',
    'asks for a tunnel',
    async () => `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n\r\n`,
    [400, 404, 405],
  ),
  sent(
    'an upgrade',
    'asks for another protocol',
    async () => `GET /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n`,
    [400, 404, 415],
  ),
  sent(
    'a body of 2 MB',
    'posts more than a relay carries',
    async (w) => octetsOf({ ...(await honest(w)), body: Buffer.alloc(2_000_000, 0x20) }, [HOST]),
    [413],
  ),
  sent(
    'a body that never ends',
    'posts chunks without end',
    async () =>
      `POST /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\ntransfer-encoding: chunked\r\n\r\n${`${(0x10000).toString(16)}\r\n${'x'.repeat(0x10000)}\r\n`.repeat(40)}`,
    [413],
  ),
  sent(
    'a slow loris',
    'sends half a header and waits',
    async () => `POST /parley/v1/inbox/x HTTP/1.1\r\n${HOST}\r\nx: a`,
    [],
  ),
  sent(
    'half a body',
    'promises a body and sends a part of it',
    async (w) => octetsOf(await honest(w), [HOST], 1_000_000),
    [],
  ),
  sent(
    'X-Forwarded-For from words',
    'says that it comes from “localhost, ::1, 1.2.3.4.5”',
    async (w) =>
      octetsOf({ ...(await honest(w)), headers: { 'content-type': 'application/parley-envelopes' } }, [
        HOST,
        'x-forwarded-for: localhost, ::1, 1.2.3.4.5',
      ]),
    [401],
  ),
  sent(
    'a packed body',
    'sends a body packed a thousandfold',
    async (w) =>
      octetsOf(
        {
          ...(await honest(w)),
          headers: { 'content-type': 'application/parley-envelopes', 'content-encoding': 'gzip' },
        },
        [HOST],
      ),
    [401, 415],
  ),
  sent(
    'another request behind the first',
    'hides a second, unsigned request behind a signed one that is refused',
    async (w) =>
      Buffer.concat([
        octetsOf({ ...(await honest(w)), method: 'PUT' }, [HOST]),
        Buffer.from(`POST /api/list-items HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\n\r\n{}`),
      ]),
    [404, 400, 401, 403, 421],
  ),
  sent(
    'the pages under another name',
    'asks the door for people under a name of its own',
    async () =>
      `POST /api/list-items HTTP/1.1\r\nhost: evil.example\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
    [400, 403, 421],
  ),
];
