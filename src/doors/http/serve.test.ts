import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from '../../../test/harness/node.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { must } from '../../kernel/result.ts';
import { OPERATIONS } from '../../operations.ts';
import { openSession } from '../../parties/index.ts';
import { socketAddress } from '../socket-address.ts';
import { isPrivate } from './lan.ts';
import { type Serving, serve } from './serve.ts';

let node: TestNode;
let serving: Serving;
const bugs: unknown[] = [];
const options = (socket: string, port = 0) => ({
  deps: node.deps,
  operations: OPERATIONS,
  scratch: node.deps.scratch,
  socket,
  pages: join(node.data, 'no-pages'),
  port,
  addresses: [],
  reportBug: (error: unknown) => void bugs.push(error),
});
before(async () => {
  node = await startTestNode();
  serving = must(await serve(options(join(node.data, 'parley.sock'))));
});
after(async () => {
  await serving.stop();
  await node.close();
  assert.deepEqual(bugs, []);
});

/** Sends these very octets and answers everything that comes back until the node closes. */
function raw(octets: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(serving.port, '127.0.0.1', () => socket.write(octets));
    let heard = '';
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text;
    });
    socket.once('close', () => resolve(heard)).once('error', reject);
  });
}

const call = (host: string, extra = '') =>
  raw(
    `POST /api/who-am-i HTTP/1.1\r\n${host}${extra}Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  );

test('over a real connection, only the own names are answered', async () => {
  const own = await call(`Host: 127.0.0.1:${serving.port}\r\n`);
  assert.match(own, /^HTTP\/1\.1 200 /);
  assert.match(own, /"isFresh":/);
  const names = [
    'evil.example',
    `evil.example:${serving.port}`,
    '127.0.0.1',
    `127.0.0.1:${serving.port}.evil.example`,
    `127.1:${serving.port}`,
  ];
  for (const name of names) assert.match(await call(`Host: ${name}\r\n`), /^HTTP\/1\.1 (421|400) /, name);
  const twice = await call(`Host: 127.0.0.1:${serving.port}\r\nHost: evil.example\r\n`);
  assert.doesNotMatch(twice, /"isFresh":/);
  assert.match(await call(''), /^HTTP\/1\.1 (421|400) /, 'no Host at all');
  const absolute = await raw(
    `POST http://evil.example/api/who-am-i HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
  assert.doesNotMatch(absolute, /"isFresh":/);
});

test('a form of another site gets nothing done', async () => {
  const post = await call(`Host: 127.0.0.1:${serving.port}\r\n`, 'Origin: http://evil.example\r\n');
  assert.match(post, /origin-refused/);
});

test('a body that announces too much is refused before it is sent', async () => {
  const answer = await raw(
    `POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1:${serving.port}\r\nContent-Type: application/json\r\nContent-Length: ${LIMITS.requestBytes + 1}\r\nConnection: close\r\n\r\n`,
  );
  assert.match(answer, /^HTTP\/1\.1 413 /);
});

test('a sender who breaks off an upload leaves no file and no bug', async () => {
  const home = await node.party('uma');
  const token = await openSession(node.deps, home, { label: 'test' });
  const socket = connect(serving.port, '127.0.0.1');
  socket.write(
    `POST /api/import-items HTTP/1.1\r\nHost: 127.0.0.1:${serving.port}\r\nCookie: parley_session=${token}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 9000000\r\n\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.vcf"\r\n\r\n${'x'.repeat(200_000)}`,
  );
  const left = () => readdirSync(node.deps.scratch).filter((it) => it !== 'moves').length;
  await until(() => left() === 1);
  socket.destroy();
  await until(() => left() === 0);
});

test('the socket is for its owner only, and its caller is the operator', async () => {
  const path = join(node.data, 'parley.sock');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const made = await overSocket(path, 'create-party', { name: 'Sol', passphrase: 'correct horse battery' });
  assert.equal(made.status, 200);
});

test('a data folder with a very long name has its socket too', async () => {
  const deep = join(mkdtempSync(join(tmpdir(), 'parley-deep-')), 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(deep, { recursive: true });
  const socket = join(deep, 'parley.sock');
  const second = must(await serve(options(socket)));
  assert.equal((await overSocket(socketAddress(socket), 'who-am-i', {})).status, 200);
  await second.stop();
  rmSync(join(deep, '..', '..'), { recursive: true });
});

test('a taken port is told with its number and a way out', async () => {
  const refused = await serve(options(join(node.data, 'other.sock'), serving.port));
  assert(!refused.ok);
  assert.equal(refused.code, 'port-taken');
  assert(refused.message.includes(String(serving.port)));
  assert(refused.next.includes(`--port ${serving.port + 1}`));
  assert(!readdirSync(node.data).includes('other.sock'));
});

test('stopping ends open streams and frees the port', async () => {
  const second = must(await serve(options(join(node.data, 'second.sock'))));
  const home = await node.party('eve');
  const token = await openSession(node.deps, home, { label: 'test' });
  const ended = new Promise<void>((resolve, reject) => {
    const headers = { host: `127.0.0.1:${second.port}`, cookie: `parley_session=${token}` };
    request({ port: second.port, host: '127.0.0.1', path: '/api/events', headers }, (response) => {
      response.resume().once('end', resolve).once('error', reject);
      void second.stop();
    })
      .once('error', reject)
      .end();
  });
  await ended;
  const third = must(await serve(options(join(node.data, 'second.sock'), second.port)));
  await third.stop();
});

test('only private networks count as home', () => {
  const home = ['10.0.0.7', '192.168.1.20', '172.16.0.1', '172.31.255.1', 'fd12:3456::1'];
  const elsewhere = [
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '193.168.1.1',
    '100.64.0.1',
    '2001:db8::1',
    'fe80::1',
  ];
  assert.deepEqual(home.filter(isPrivate), home);
  assert.deepEqual(elsewhere.filter(isPrivate), []);
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert(turn < 500, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function overSocket(
  socketPath: string,
  operation: string,
  input: object,
): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request({ socketPath, method: 'POST', path: `/api/${operation}`, headers }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode }));
    })
      .once('error', reject)
      .end(JSON.stringify(input));
  });
}
