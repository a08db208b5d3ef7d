import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toBase64url } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { makeContentDigest } from './content-digest.ts';
import type { WireRequest } from './model.ts';
import { signRequest } from './sign-request.ts';
import { SENT_AT, SIGNING, testKey, testRequest } from './testing.ts';
import { verifyRequest } from './verify-request.ts';

const key = testKey('sender');
const signed = signRequest(testRequest(), key, SIGNING);

function verdict(request: WireRequest, now = SENT_AT + 1_000): string {
  const result = verifyRequest(request, now);
  return result.ok ? 'ok' : result.code;
}

function withHeader(name: string, change: (value: string) => string): WireRequest {
  return { ...signed, headers: { ...signed.headers, [name]: change(signed.headers[name] ?? '') } };
}

test('a signed request says whose it is, and what to remember until when', () => {
  assert.deepEqual(verifyRequest(signed, SENT_AT + 1_000), {
    ok: true,
    value: { publicKey: key.publicKey, nonce: SIGNING.nonce, expires: SIGNING.expires },
  });
  assert.equal(
    signed.headers['signature-input'],
    'parley=("@method" "@target-uri" "content-digest" "content-type");created=1795953600;expires=1795953900;' +
      `nonce="${SIGNING.nonce}";keyid="${toBase64url(key.publicKey)}";alg="ed25519";tag="parley-v1"`,
  );
  assert.equal(signed.headers['content-type'], 'application/x-ndjson');
  assert.deepEqual(signed.body, testRequest().body);
});

test('every body, address, type and nonce that is signed is verified', () => {
  const nonce = fc.uint8Array({ minLength: 16, maxLength: 48 }).map(toBase64url);
  const body = fc.uint8Array({ maxLength: 300 });
  const path = fc.webPath().filter((it) => /^[!"$-~]*$/.test(it));
  const type = fc.constantFrom('application/json', 'text/plain; charset=utf-8', 'a/b');
  fc.assert(
    fc.property(nonce, body, path, type, fc.nat(299_000), (n, octets, p, media, later) => {
      const request = {
        ...testRequest(),
        url: `https://node.example${p}`,
        body: octets,
        headers: { 'content-type': media },
      };
      assert.equal(verdict(signRequest(request, key, { ...SIGNING, nonce: n }), SENT_AT + later), 'ok');
    }),
  );
});

/** The text with one character replaced by another of printable ASCII. */
function oneCharacter(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length - 1), fc.integer({ min: 0x20, max: 0x7e }))
    .map(([at, code]) => text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1))
    .filter((changed) => changed !== text);
}

const headers = ['content-type', 'content-digest', 'signature-input', 'signature'] as const;
const changes: Readonly<Record<string, fc.Arbitrary<WireRequest>>> = {
  method: oneCharacter(signed.method).map((method) => ({ ...signed, method })),
  address: oneCharacter(signed.url).map((url) => ({ ...signed, url })),
  body: fc.tuple(fc.nat(signed.body.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
    const body = signed.body.slice();
    body[at] = (body[at] ?? 0) ^ bits;
    return { ...signed, body };
  }),
  ...Object.fromEntries(
    headers.map((name) => [
      name,
      oneCharacter(signed.headers[name] ?? '').map((value) => withHeader(name, () => value)),
    ]),
  ),
};

for (const [what, change] of Object.entries(changes)) {
  test(`one octet changed is refused: ${what}`, () => {
    fc.assert(
      fc.property(change, (request) => {
        assert.notEqual(verdict(request), 'ok');
      }),
      { numRuns: 1_000 },
    );
  });
}

test('one octet more or less is refused', () => {
  const longer = new Uint8Array([...signed.body, 10]);
  assert.equal(verdict({ ...signed, body: longer }), 'digest-differs');
  assert.equal(verdict({ ...signed, body: signed.body.subarray(1) }), 'digest-differs');
  assert.equal(verdict({ ...signed, url: `${signed.url}/` }), 'signature-broken');
  assert.equal(verdict({ ...signed, url: signed.url.replace('https', 'http') }), 'signature-broken');
  for (const name of headers) {
    assert.notEqual(verdict(withHeader(name, (value) => value.slice(0, -1))), 'ok', name);
    assert.notEqual(verdict(withHeader(name, (value) => value.slice(1))), 'ok', name);
    assert.notEqual(verdict(withHeader(name, (value) => `${value}x`)), 'ok', name);
  }
});

test('a body that fits another digest is not what was signed', () => {
  const body = testRequest('{"id":3}\n').body;
  const request = { ...withHeader('content-digest', () => makeContentDigest(body)), body };
  assert.equal(verdict(request), 'signature-broken');
});

test('each reason has its code, and the first in the order of cost is told', () => {
  const broken = withHeader('signature', (value) => value.replace(/^parley=:./, 'parley=:/'));
  const body = new Uint8Array(LIMITS.requestBytes + 1);
  assert.equal(verdict({ ...broken, body }), 'request-too-large');
  assert.equal(verdict(withHeader('content-type', () => 'x'.repeat(2_001))), 'request-too-large');
  const { signature: _, ...unsigned } = signed.headers;
  assert.equal(verdict({ ...signed, headers: unsigned }), 'signature-missing');
  assert.equal(verdict(testRequest()), 'signature-missing');
  assert.equal(verdict(withHeader('signature', (it) => it.replace('parley', 'other'))), 'signature-missing');
  const late = SENT_AT + 300_000;
  assert.equal(
    verdict(
      withHeader('signature', (it) => it.replace(':', '')),
      late,
    ),
    'signature-malformed',
  );
  assert.equal(verdict({ ...broken, body: new Uint8Array(1) }, late), 'clock-differs');
  assert.equal(verdict({ ...broken, body: new Uint8Array(1) }), 'digest-differs');
  assert.equal(verdict(broken), 'signature-broken');
});

test('the clock may be late by what the signature allows, and early by 30 s', () => {
  const at = (ms: number) => verdict(signed, SENT_AT + ms);
  assert.deepEqual([at(299_999), at(300_000)], ['ok', 'clock-differs']);
  assert.deepEqual([at(-30_000), at(-30_001)], ['ok', 'clock-differs']);
});

test('the fields are taken in one writing only', () => {
  const input = (change: (value: string) => string) => verdict(withHeader('signature-input', change));
  assert.equal(
    input((it) => ` ${it}`),
    'signature-malformed',
  );
  for (const [from, to] of [
    ['("@', '( "@'],
    [' "content-type"', ''],
    ['"@method" "@target-uri"', '"@target-uri" "@method"'],
    [')', ' "date")'],
    ['"content-type"', '"content-type";sf'],
    [';alg="ed25519"', ''],
    [';alg="ed25519"', ';alg="hmac-sha256"'],
    [';tag="parley-v1"', ';tag="parley-v0"'],
    [';tag="parley-v1"', ';tag="parley-v1";more'],
    [';created=', ';created=-'],
    [';expires=1795953900', ';expires=1795953901'],
    [';expires=1795953900', ';expires=1795953600'],
    [';expires=1795953900', ''],
    [';nonce="AAEC', ';nonce="'],
    ['parley=', 'parley=("@method");created=1, parley='],
  ] as const) {
    assert.equal(
      input((it) => it.replace(from, to)),
      'signature-malformed',
      `${from} -> ${to}`,
    );
  }
  const doubled = withHeader('signature', (it) => `${it}, ${it}`);
  assert.equal(verdict(doubled), 'signature-malformed');
});

test('signatures of others beside ours are let be', () => {
  const request: WireRequest = {
    ...signed,
    headers: {
      ...signed.headers,
      'signature-input': `proxy=("@method");created=1, ${signed.headers['signature-input']}`,
      signature: `proxy=:AAAA:, ${signed.headers.signature}`,
    },
  };
  assert.equal(verdict(request), 'ok');
});

test('garbage is refused, and never throws', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'parley=("@method");:,?1.-%@ \t\n\\*a9A') }),
    fc.constantFrom(...Object.values(signed.headers)),
  );
  const request = fc.record({
    method: text,
    url: text,
    headers: fc.dictionary(fc.constantFrom(...headers, '__proto__', 'constructor'), text),
    body: fc.uint8Array({ maxLength: 20 }),
  });
  fc.assert(
    fc.property(request, fc.double(), (it, now) => {
      assert.notEqual(verdict(it, now), 'ok');
    }),
    { numRuns: 5_000 },
  );
});

test('what must not be signed is a bug', () => {
  const sign = (request: WireRequest, signing = SIGNING) => signRequest(request, key, signing);
  assert.throws(() => sign(testRequest(), { ...SIGNING, expires: SENT_AT + 301_000 }));
  assert.throws(() => sign(testRequest(), { ...SIGNING, expires: SENT_AT }));
  assert.throws(() => sign(testRequest(), { ...SIGNING, nonce: 'short' }));
  assert.throws(() => sign({ ...testRequest(), url: '/parley/v1/inbox/x' }));
  assert.throws(() => sign({ ...testRequest(), url: 'https://node.example/#x' }));
  assert.throws(() => sign({ ...testRequest(), headers: {} }));
  assert.throws(() => sign({ ...testRequest(), headers: { 'content-type': 'a\nb' } }));
});
