import { createHash } from 'node:crypto';
import { equalBytes, sha256 } from '../kernel/bytes.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { parseDictionary } from './parse-fields.ts';
import { serializeDictionary } from './serialize-fields.ts';
import { isInnerList } from './structured-fields.ts';

/** `Content-Digest` (RFC 9530) of a body, by SHA-256. */
export function makeContentDigest(body: Uint8Array): string {
  const bare = { kind: 'bytes', value: sha256(body) } as const;
  return serializeDictionary(new Map([['sha-256', { bare, params: new Map() }]]));
}

/**
 * True of a body when its SHA-256 stands in the field and is right, and a SHA-512 beside it too. Digests by other
 * algorithms prove nothing here and are passed over. The field has to be written in the one way that RFC 9651 serialises it.
 */
export function checkContentDigest(field: string | undefined, body: Uint8Array): Result<undefined> {
  if (field === undefined) return differs('is missing');
  const digests = parseDictionary(field);
  if (!digests.ok || serializeDictionary(digests.value) !== field) return differs('is not well formed');
  if (!digests.value.has('sha-256')) return differs('has no SHA-256');
  for (const [algorithm, hash] of KNOWN) {
    const given = digests.value.get(algorithm);
    if (given === undefined) continue;
    const isOctets = !isInnerList(given) && given.bare.kind === 'bytes' && given.params.size === 0;
    if (!isOctets) return differs('is not well formed');
    if (!equalBytes(given.bare.value, hash(body))) return differs('is another one');
  }
  return ok(undefined);
}

const KNOWN: readonly (readonly [string, (body: Uint8Array) => Uint8Array])[] = [
  ['sha-256', (body) => sha256(body)],
  ['sha-512', (body) => new Uint8Array(createHash('sha512').update(body).digest())],
];

function differs(how: string): Failure {
  return fail(
    'digest-differs',
    `The digest of what was sent ${how}. Nothing was taken.`,
    'Send it again, with the digest of the very octets that are sent.',
  );
}
