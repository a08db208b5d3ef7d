import assert from 'node:assert/strict';
import { constants, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { test } from 'node:test';
import { fromBase64url, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { must } from '../../src/kernel/result.ts';
import { signingKey } from '../../src/kernel/signing.ts';
import type { WireRequest, WireResponse } from '../../src/network/model.ts';
import { parseDictionary } from '../../src/network/parse-fields.ts';
import { signatureBase } from '../../src/network/signature-base.ts';
import { type InnerList, isInnerList } from '../../src/network/structured-fields.ts';
import { verifyRequest } from '../../src/network/verify-request.ts';
import { fixture } from './folder.ts';
import { type SignedRequestCase, signedRequestCases } from './signed-requests.ts';

interface Rfc9421 {
  readonly keys: Readonly<
    Record<string, { readonly spki?: string; readonly pkcs8?: string; readonly secret?: string }>
  >;
  readonly cases: readonly {
    readonly name: string;
    readonly message: Omit<WireRequest & WireResponse, 'body'> & { readonly body: string };
    readonly label: string;
    readonly signatureInput: string;
    readonly signature: string;
    readonly alg: string;
    readonly key: string;
    readonly base: string;
    readonly verdict: 'accept' | 'refuse';
  }[];
}

const rfc9421 = fixture<Rfc9421>('rfc9421-appendix-b.json');

for (const it of rfc9421.cases) {
  test(`RFC 9421, ${it.name}: the signature base, and the published signature over it`, () => {
    const message = { ...it.message, body: toUtf8(it.message.body) };
    const covered = listOf(it.signatureInput, it.label);
    const base = must(signatureBase(message, covered));
    assert.equal(base, it.base);
    const isRight = check(it.alg, it.key, toUtf8(base), octetsOf(it.signature, it.label));
    assert.equal(isRight ? 'accept' : 'refuse', it.verdict);
  });
}

test('RFC 9421, B.2.6: the very signature is made again from the published key', () => {
  const it = rfc9421.cases.find(({ name }) => name === 'B.2.6');
  const pkcs8 = Buffer.from(rfc9421.keys['test-key-ed25519']?.pkcs8 ?? '', 'base64');
  const key = signingKey(new Uint8Array(pkcs8.subarray(-32)));
  assert.deepEqual(key.sign(toUtf8(it?.base ?? '')), octetsOf(it?.signature ?? '', 'sig-b26'));
});

test('what cannot be covered is refused', () => {
  const message: WireRequest = {
    method: 'GET',
    url: 'https://example.com/?a=1&a=2&b=it%27s+%22x%22',
    headers: { 'x-line': 'a\nb', 'x-wide': 'é', empty: '', spaced: '  a, b \t' },
    body: new Uint8Array(),
  };
  const base = (inner: string, of: WireRequest | WireResponse = message) =>
    signatureBase(of, listOf(`x=${inner}`, 'x'));
  for (const inner of [
    ...['("x-line")', '("x-wide")', '("missing")', '("__proto__")', '("constructor")', '("@unknown")'],
    ...[
      '("@status")',
      '("@signature-params")',
      '("empty" "empty")',
      '("empty";sf)',
      '("empty";bs)',
      '("empty";req)',
    ],
    ...[
      '("@query-param";name="a")',
      '("@query-param";name="c")',
      '("@query-param")',
      '(empty)',
      '("@method";req)',
    ],
  ]) {
    const result = base(inner);
    assert.equal(result.ok ? 'ok' : result.code, 'signature-malformed', inner);
  }
  assert.equal(base('("@method")', { status: 200, headers: {}, body: new Uint8Array() }).ok, false);
  assert.equal(
    must(base('("empty" "spaced" "@scheme" "@request-target" "@query-param";name="b")')),
    [
      '"empty": ',
      '"spaced": a, b',
      '"@scheme": https',
      '"@request-target": /?a=1&a=2&b=it%27s+%22x%22',
      '"@query-param";name="b": it%27s%20%22x%22',
      '"@signature-params": ("empty" "spaced" "@scheme" "@request-target" "@query-param";name="b")',
    ].join('\n'),
  );
});

test('requests signed in the profile parley-v1 get the verdict that the fixtures publish', () => {
  const cases = fixture<SignedRequestCase[]>('signed-requests.json');
  assert.deepEqual(cases, signedRequestCases());
  for (const { name, now, request, verdict, publicKey, nonce } of cases) {
    const body = fromBase64url(request.body);
    assert.ok(body, name);
    const result = verifyRequest({ ...request, body }, now);
    assert.equal(result.ok ? 'accept' : result.code, verdict, name);
    if (!result.ok) continue;
    assert.deepEqual([toBase64url(result.value.publicKey), result.value.nonce], [publicKey, nonce], name);
  }
});

function listOf(field: string, label: string): InnerList {
  const found = must(parseDictionary(field)).get(label);
  assert.ok(found && isInnerList(found));
  return found;
}

function octetsOf(field: string, label: string): Uint8Array {
  const found = must(parseDictionary(field)).get(label);
  assert.ok(found && !isInnerList(found) && found.bare.kind === 'bytes');
  return found.bare.value;
}

function check(alg: string, keyName: string, base: Uint8Array, signature: Uint8Array): boolean {
  const { spki, secret } = rfc9421.keys[keyName] ?? {};
  if (alg === 'hmac-sha256') {
    const mac = createHmac('sha256', Buffer.from(secret ?? '', 'base64'))
      .update(base)
      .digest();
    return mac.equals(signature);
  }
  const key: KeyObject = createPublicKey({
    key: Buffer.from(spki ?? '', 'base64'),
    format: 'der',
    type: 'spki',
  });
  if (alg === 'ed25519') return verify(null, base, key, signature);
  if (alg === 'ecdsa-p256-sha256')
    return verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature);
  assert.equal(alg, 'rsa-pss-sha512');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha512', base, { key, padding, saltLength: 64 }, signature);
}
