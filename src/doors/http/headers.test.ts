import assert from 'node:assert/strict';
import { test } from 'node:test';
import { securityHeaders } from './headers.ts';

const policyOf = (path: string): string => securityHeaders(path)['content-security-policy'] ?? '';

test('WebAssembly is for the worker of argon2id alone, which can ask nobody anything', () => {
  assert.equal(
    policyOf('/assets/argon2-worker-AbC_d-1.js'),
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'",
  );
  for (const path of [
    '/',
    '/assets/index-AbC.js',
    '/x/assets/argon2-worker-A.js',
    '/assets/argon2-worker-A.js/x',
    '/assets/argon2-worker-A.html',
  ]) {
    assert.ok(!policyOf(path).includes('wasm'), path);
    assert.match(policyOf(path), /frame-ancestors 'none'/);
  }
});
