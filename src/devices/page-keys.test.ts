import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, toBase64url } from '../../web/passkeys/base64url.ts';
import { keyFor, keyForNode } from '../../web/passkeys/keys.ts';
import * as bytes from '../kernel/bytes.ts';
import { derive } from '../kernel/sealing.ts';
import { seededRandom } from '../kernel/seeded-random.ts';

const TOLD = Uint8Array.from({ length: 32 }, (_, at) => at);

test('the page makes two keys of what a passkey tells, as the node would, and they have nothing in common', async () => {
  const labels = ['parley/opens-secret/v1', 'parley/opens-vault/v1'] as const;
  const [secret, vault] = [await keyFor(labels[0], TOLD), await keyFor(labels[1], TOLD)];
  assert.deepEqual(secret, derive(TOLD, labels[0]));
  assert.deepEqual(vault, derive(TOLD, labels[1]));
  assert.notDeepEqual(secret, vault);
  assert.deepEqual(await keyForNode(TOLD), { opener: bytes.toBase64url(secret) }, 'only the first goes out');
  assert.deepEqual(await keyForNode(undefined), {});
});

test('the page writes and reads octets as the node does', () => {
  const random = seededRandom('base64url');
  for (let length = 0; length < 70; length++) {
    const octets = random.bytes(length);
    assert.equal(toBase64url(octets), bytes.toBase64url(octets));
    assert.deepEqual(fromBase64url(bytes.toBase64url(octets)), octets);
  }
});
