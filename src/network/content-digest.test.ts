import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { toUtf8 } from '../kernel/bytes.ts';
import { checkContentDigest, makeContentDigest } from './content-digest.ts';

const body = toUtf8('{"hello": "world"}\n');

test('the digest is that of RFC 9530, appendix D', () => {
  assert.equal(makeContentDigest(body), 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
});

test('a body passes with its own digest and no other', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      assert.equal(checkContentDigest(makeContentDigest(one), one).ok, true);
      const isSame = Buffer.compare(one, other) === 0;
      assert.equal(checkContentDigest(makeContentDigest(one), other).ok, isSame);
    }),
  );
});

test('digests by other algorithms are passed over beside SHA-256, and are not enough alone', () => {
  const sha256 = makeContentDigest(body);
  const sha512 = `sha-512=:${createHash('sha512').update(body).digest('base64')}:`;
  const right = [`${sha256}, ${sha512}`, `${sha512}, ${sha256}`, `md5=:AAAA:, ${sha256}`, `${sha256}, x;y=1`];
  for (const field of right) assert.equal(checkContentDigest(field, body).ok, true, field);
  const wrong = [
    undefined,
    '',
    sha512,
    'md5=:AAAA:',
    `${sha256}, sha-512=:AAAA:`,
    `${sha256}, sha-512=1`,
    `${sha256},${sha512}`,
    `${sha256}, ${sha256}`,
    `${sha256};a`,
    `${sha256} `,
    sha256.replace('sha-256', 'SHA-256'),
    sha256.replaceAll(':', '"'),
    sha256.replace('=:', '='),
    'sha-256=("a")',
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg:',
    'sha-256=:RK_0qy18MlBSVnWgjwz6lZEWjP_lF5HF9bvEF8FabDg=:',
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDh=:',
  ];
  for (const field of wrong) {
    const result = checkContentDigest(field, body);
    assert.equal(result.ok ? 'ok' : result.code, 'digest-differs', field);
  }
});
