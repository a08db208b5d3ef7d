import { toUtf8 } from '../kernel/bytes.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import type { WireRequest } from './model.ts';
import type { Signing } from './sign-request.ts';

/** When the requests of the tests are sent. */
export const SENT_AT = Date.UTC(2026, 10, 29, 12);

export const SIGNING: Signing = {
  created: SENT_AT,
  expires: SENT_AT + 300_000,
  nonce: 'AAECAwQFBgcICQoLDA0ODw',
  tag: 'parley-v1',
};

export function testKey(name: string): SigningKey {
  return signingKey(seededRandom(name).bytes(32));
}

export function testRequest(body = '{"id":1}\n{"id":2}\n'): WireRequest {
  return {
    method: 'POST',
    url: 'https://node.example/parley/v1/inbox/4q2Xh0pYb7c',
    headers: { 'content-type': 'application/x-ndjson' },
    body: toUtf8(body),
  };
}
