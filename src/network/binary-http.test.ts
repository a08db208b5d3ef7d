import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { concat, toUtf8 } from '../kernel/bytes.ts';
import { must } from '../kernel/result.ts';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './binary-http.ts';
import { OBLIVIOUS_LIMITS } from './limits.ts';
import type { WireRequest, WireResponse } from './model.ts';
import { MESSAGE_STEPS, padMessage } from './padding.ts';
import { writeInteger } from './wire-reader.ts';

interface Examples {
  readonly requests: readonly (Omit<WireRequest, 'body'> & { name: string; octets: string; body: string })[];
  readonly responses: readonly (Omit<WireResponse, 'body'> & {
    name: string;
    octets: string;
    body: string;
  })[];
  readonly otherFraming: readonly { name: string; octets: string }[];
}

const EXAMPLES: Examples = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/binary-http.json', import.meta.url), 'utf8'),
);

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

for (const { name, octets: published, body, ...request } of EXAMPLES.requests) {
  test(`request: ${name}`, () => {
    const message = { ...request, body: toUtf8(body) };
    assert.deepEqual(must(decodeRequest(octets(published))), message);
    // The longest form: the examples may leave empty parts at their end away.
    assert(hex(encodeRequest(message)).startsWith(published));
  });
}

for (const { name, octets: published, body, ...response } of EXAMPLES.responses) {
  test(`answer: ${name}`, () => {
    const message = { ...response, body: toUtf8(body) };
    assert.deepEqual(must(decodeResponse(octets(published))), message);
    assert.deepEqual(must(decodeResponse(encodeResponse(message))), message);
  });
}

test('figure 8 is written octet for octet', () => {
  const [figure] = EXAMPLES.requests;
  assert(figure);
  assert.equal(hex(encodeRequest({ ...figure, body: toUtf8(figure.body) })), figure.octets);
});

test('messages without known lengths are refused, not guessed at', () => {
  for (const { octets: published } of EXAMPLES.otherFraming) refusesRequest(octets(published));
});

test('each part that is empty at the end may be left away, and zeros may follow', () => {
  const [figure] = EXAMPLES.requests;
  assert(figure);
  const whole = octets(figure.octets);
  const read = must(decodeRequest(whole));
  for (const cut of [1, 2]) assert.deepEqual(must(decodeRequest(whole.subarray(0, -cut))), read);
  for (const cut of [0, 1, 2]) {
    const padded = concat(whole.subarray(0, whole.length - cut), new Uint8Array(100));
    assert.deepEqual(must(decodeRequest(padded)), read);
  }
  for (let end = 0; end < whole.length - 2; end++)
    if (end !== 24) refusesRequest(whole.subarray(0, end), `cut at ${end}`);
  refusesRequest(concat(whole, new Uint8Array([0, 0, 1])), 'padding that says something');
});

const name = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,20}$/)
  .filter((it) => !ONE_CONNECTION.includes(it) && it !== 'host');
const value = fc.stringMatching(/^[\x21-\x7e\x80-\xff]([ \t\x21-\x7e\x80-\xff]{0,30}[\x21-\x7e\x80-\xff])?$/);
const headers = fc.dictionary(name, value, { maxKeys: 10, noNullPrototype: true });
const body = fc.uint8Array({ maxLength: 20_000 });
const url = fc.webUrl({ withQueryParameters: true }).map((it) => new URL(it).href);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'M-SEARCH');
const ONE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'];

test('a request is read as it was written, padded or not', () => {
  fc.assert(
    fc.property(fc.record({ method, url, headers, body }), fc.boolean(), (request, isHostNamed) => {
      const host = isHostNamed ? { host: new URL(request.url).host } : {};
      const message = { ...request, headers: { ...request.headers, ...host } };
      assert.deepEqual(must(decodeRequest(encodeRequest(message))), message);
      assert.deepEqual(must(decodeRequest(must(padMessage(encodeRequest(message))))), message);
    }),
  );
});

test('an answer is read as it was written, padded or not', () => {
  const status = fc.integer({ min: 200, max: 599 });
  fc.assert(
    fc.property(fc.record({ status, headers, body }, { noNullPrototype: true }), (response) => {
      assert.deepEqual(must(decodeResponse(encodeResponse(response))), response);
      assert.deepEqual(must(decodeResponse(must(padMessage(encodeResponse(response))))), response);
    }),
  );
});

test('any octets are read or refused, and what is read is written back to the same message', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(0, 1), (tail, framing) => {
      const message = concat(new Uint8Array([framing]), tail);
      const request = decodeRequest(message);
      if (request.ok) assert.deepEqual(must(decodeRequest(encodeRequest(request.value))), request.value);
      const response = decodeResponse(message);
      if (response.ok) assert.deepEqual(must(decodeResponse(encodeResponse(response.value))), response.value);
    }),
    { numRuns: 2000 },
  );
});

test('one octet changed anywhere leaves a message that is read or refused, never a crash', () => {
  const whole = octets(EXAMPLES.requests[0]?.octets ?? '');
  for (let at = 0; at < whole.length; at++)
    for (const flip of [1, 0x40, 0x80, 0xff]) decodeRequest(whole.with(at, (whole[at] ?? 0) ^ flip));
});

const text = (it: string): Uint8Array => concat(writeInteger(it.length), Buffer.from(it, 'latin1'));

function request(parts: {
  method?: string;
  scheme?: string;
  host?: string;
  path?: string;
  lines?: string[];
}) {
  const { method = 'GET', scheme = 'https', host = 'a.example', path = '/', lines = [] } = parts;
  const section = concat(...lines.map(text));
  return concat(
    ...[writeInteger(0), text(method), text(scheme), text(host), text(path)],
    ...[writeInteger(section.length), section],
  );
}

test('what two readers could understand differently is refused', () => {
  must(decodeRequest(request({ lines: ['accept', 'text/plain'] })));
  const hostile: Record<string, Parameters<typeof request>[0]> = {
    'a header twice': { lines: ['accept', 'a', 'accept', 'b'] },
    'upper case': { lines: ['Accept', 'a'] },
    'a pseudo-header': { lines: [':path', '/other'] },
    'an empty name': { lines: ['', 'a'] },
    'a line break in a value': { lines: ['accept', 'a\r\nx: y'] },
    'a zero in a value': { lines: ['accept', 'a\0'] },
    'a space before a value': { lines: ['accept', ' a'] },
    'a space after a value': { lines: ['accept', 'a '] },
    'a space in a name': { lines: ['accept ', 'a'] },
    'a header of one connection': { lines: ['transfer-encoding', 'chunked'] },
    'two hosts': { lines: ['host', 'b.example'] },
    'no host': { host: '' },
    'a user in the address': { host: 'me@a.example' },
    'an upper-case host': { host: 'A.example' },
    'a usual port written out': { host: 'a.example:443' },
    'a host with a path': { host: 'a.example/x' },
    'another scheme': { scheme: 'file' },
    'a scheme in capitals': { scheme: 'HTTPS' },
    'dots in the path': { path: '/a/../b' },
    'a fragment': { path: '/a#b' },
    'a path that does not begin': { path: 'a' },
    'an empty path': { path: '' },
    'a space in the path': { path: '/a b' },
    'a method with a space': { method: 'GET /' },
    'no method': { method: '' },
  };
  for (const [what, parts] of Object.entries(hostile)) refusesRequest(request(parts), what);
});

test('everything has a limit, and holds up to it', () => {
  const { headerCount, headerBytes, interimAnswers } = OBLIVIOUS_LIMITS;
  const lines = (count: number) => Array.from({ length: count }, (_, i) => [`x-${i}`, 'a']).flat();
  must(decodeRequest(request({ lines: lines(headerCount) })));
  refusesRequest(request({ lines: lines(headerCount + 1) }), 'headers');
  must(decodeRequest(request({ lines: ['x', 'a'.repeat(headerBytes - 4)] })));
  refusesRequest(request({ lines: ['x', 'a'.repeat(headerBytes - 3)] }), 'length of headers');
  const interim = (count: number) =>
    concat(new Uint8Array([1]), ...Array(count).fill(new Uint8Array([0x40, 103, 0])), octets('40c8'));
  assert.equal(must(decodeResponse(interim(interimAnswers))).status, 200);
  assert.equal(decodeResponse(interim(interimAnswers + 1)).ok, false);
  // A length of 2^62 - 1 is refused before anything of that size is thought of.
  refusesRequest(concat(new Uint8Array([0]), new Uint8Array(8).fill(0xff)), 'length of the method');
  assert.equal(decodeResponse(octets('01406300')).ok, false, 'status 99');
  assert.equal(decodeResponse(octets('01425800')).ok, false, 'status 600');
});

test('messages have five lengths, and the longest is the most there is', () => {
  assert.deepEqual(MESSAGE_STEPS, [4096, 16_384, 65_536, 262_144, 1_114_112]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: OBLIVIOUS_LIMITS.largestMessageBytes }), (length) => {
      const padded = must(padMessage(new Uint8Array(length)));
      assert(padded.length >= length && MESSAGE_STEPS.includes(padded.length));
    }),
    { numRuns: 50 },
  );
  const more = padMessage(new Uint8Array(OBLIVIOUS_LIMITS.largestMessageBytes + 1));
  assert.equal(more.ok ? '' : more.code, 'message-too-long');
});

function refusesRequest(message: Uint8Array, what = ''): void {
  const read = decodeRequest(message);
  assert.equal(read.ok ? 'read' : read.code, 'http-message-malformed', what);
}
