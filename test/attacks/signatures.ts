import { createHash } from 'node:crypto';
import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { signRequest, TAG, type WireRequest } from '../../src/network/index.ts';
import { carrying, lines, nextRecord, posted, sealed, stranger } from './forging.ts';
import type { Attack } from './model.ts';
import { refused } from './refusing.ts';
import { HOME, type World } from './world.ts';

const honest = async (w: World): Promise<WireRequest> => posted(w, [carrying(w, await nextRecord(w))]);

/** The honest request with other headers; undefined takes one away. */
async function with_(
  world: World,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<WireRequest> {
  const request = await honest(world);
  const all = Object.entries({ ...request.headers, ...headers });
  return {
    ...request,
    headers: Object.fromEntries(all.flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
  };
}

async function edited(world: World, header: string, from: RegExp | string, to: string): Promise<WireRequest> {
  const request = await honest(world);
  return {
    ...request,
    headers: { ...request.headers, [header]: (request.headers[header] ?? '').replace(from, to) },
  };
}

/** Signed for another moment, in seconds from now, for so many seconds. */
async function signedAt(world: World, from: number, seconds: number): Promise<WireRequest> {
  const request = await honest(world);
  const created = world.now() + from * 1000;
  const { 'content-type': type = '' } = request.headers;
  return signRequest({ ...request, headers: { 'content-type': type } }, world.first.key, {
    ...{ created, expires: created + seconds * 1000, tag: TAG },
    nonce: toBase64url(world.random.bytes(16)),
  });
}

const MALFORMED = /^401 signature-malformed$/;
const BROKEN = /^401 signature-broken$/;

/** Forged, moved and bent signatures of requests (RFC 9421). */
export const signatures: readonly Attack[] = [
  refused(
    'unsigned',
    'posts a record without any signature',
    (w) => with_(w, { signature: undefined, 'signature-input': undefined }),
    /^401 signature-missing$/,
  ),
  refused(
    'no signature, only its input',
    'leaves out the signature itself',
    (w) => with_(w, { signature: undefined }),
    /^401 signature-missing$/,
  ),
  refused(
    'signature of another request',
    'puts the signature of one request onto another',
    async (w) => {
      const [one, other] = [await honest(w), await honest(w)];
      return { ...one, headers: { ...one.headers, signature: other.headers.signature ?? '' } };
    },
    BROKEN,
  ),
  refused(
    'swapped keyid',
    'names somebody else’s key beside its own signature',
    (w) => edited(w, 'signature-input', /keyid="[^"]*"/, `keyid="${w.first.victimKey}"`),
    BROKEN,
  ),
  refused(
    'key of small order',
    'names a key for which every signature holds',
    (w) => edited(w, 'signature-input', /keyid="[^"]*"/, `keyid="${toBase64url(new Uint8Array(32))}"`),
    BROKEN,
  ),
  refused(
    'signature of zeros',
    'signs with 64 zeros',
    (w) => edited(w, 'signature', /:.*:/, `:${Buffer.alloc(64).toString('base64')}:`),
    BROKEN,
  ),
  refused(
    'signature cut short',
    'signs with 63 octets',
    (w) => edited(w, 'signature', /:.*:/, `:${Buffer.alloc(63, 1).toString('base64')}:`),
    MALFORMED,
  ),
  refused(
    'changed body',
    'changes the body and keeps digest and signature',
    async (w) => {
      const request = await honest(w);
      return { ...request, body: lines([carrying(w, await nextRecord(w))]) };
    },
    /^401 (content-)?digest/,
  ),
  refused(
    'changed body and digest',
    'changes the body and makes a digest for it',
    async (w) => {
      const body = lines([carrying(w, await nextRecord(w))]);
      const digest = createHash('sha256').update(body).digest('base64');
      return { ...(await with_(w, { 'content-digest': `sha-256=:${digest}:` })), body };
    },
    BROKEN,
  ),
  refused('no digest', 'leaves out the digest', (w) => with_(w, { 'content-digest': undefined }), /^401 /),
  refused(
    'weak digest',
    'names a digest by MD5',
    (w) => with_(w, { 'content-digest': 'md5=:AAAAAAAAAAAAAAAAAAAAAA==:' }),
    /^401 /,
  ),
  refused(
    'another host',
    'posts what was signed for another host',
    async (w) => {
      const url = `https://${'other.example'}/parley/v1/inbox/${w.first.inbox}`;
      const elsewhere = posted(w, [carrying(w, await nextRecord(w))], w.first.key, { url });
      return { ...elsewhere, url: `https://${HOME}/parley/v1/inbox/${w.first.inbox}` };
    },
    BROKEN,
  ),
  refused(
    'another path',
    'posts to one inbox what was signed for the other',
    async (w) => {
      const request = await honest(w);
      return { ...request, url: `https://${HOME}/parley/v1/inbox/${w.second.inbox}` };
    },
    BROKEN,
  ),
  refused(
    'plain HTTP',
    'signs for http instead of https',
    async (w) => {
      const url = `http://${HOME}/parley/v1/inbox/${w.first.inbox}`;
      const plain = posted(w, [carrying(w, await nextRecord(w))], w.first.key, { url });
      return { ...plain, url: url.replace('http:', 'https:') };
    },
    BROKEN,
  ),
  refused(
    'another method',
    'posts what was signed as PUT',
    async (w) => ({
      ...posted(w, [carrying(w, await nextRecord(w))], w.first.key, { method: 'PUT' }),
      method: 'POST',
    }),
    BROKEN,
  ),
  refused(
    'not a POST',
    'signs and sends a PUT',
    async (w) => posted(w, [carrying(w, await nextRecord(w))], w.first.key, { method: 'PUT' }),
    /^404 not-found$/,
  ),
  refused(
    'another content type',
    'exchanges the type of what was signed',
    (w) => with_(w, { 'content-type': 'application/json' }),
    /^415 type-unknown$/,
  ),
  refused(
    'expired',
    'posts what was signed ten minutes ago',
    (w) => signedAt(w, -600, 240),
    /^401 clock-differs$/,
  ),
  refused(
    'from the future',
    'signs for tomorrow, to be good then',
    (w) => signedAt(w, 86_400, 240),
    /^401 clock-differs$/,
  ),
  refused(
    'valid for a day',
    'writes a later end over the signed one',
    (w) => edited(w, 'signature-input', /expires=\d+/, `expires=${Math.floor(w.now() / 1000) + 86_400}`),
    MALFORMED,
  ),
  refused(
    'ends before it begins',
    'writes an end before the beginning',
    (w) => edited(w, 'signature-input', /expires=\d+/, `expires=${Math.floor(w.now() / 1000) - 10}`),
    MALFORMED,
  ),
  refused(
    'fewer components',
    'signs the method alone',
    (w) => edited(w, 'signature-input', /\([^)]*\)/, '("@method")'),
    MALFORMED,
  ),
  refused(
    'other order',
    'covers the same in another order',
    (w) => edited(w, 'signature-input', '"@method" "@target-uri"', '"@target-uri" "@method"'),
    MALFORMED,
  ),
  refused(
    'component twice',
    'covers the method twice',
    (w) => edited(w, 'signature-input', '"@method"', '"@method" "@method"'),
    MALFORMED,
  ),
  refused(
    'another algorithm',
    'names HMAC as the algorithm',
    (w) => edited(w, 'signature-input', 'alg="ed25519"', 'alg="hmac-sha256"'),
    MALFORMED,
  ),
  refused(
    'another protocol’s tag',
    'names the tag of a later version',
    (w) => edited(w, 'signature-input', 'tag="parley-v1"', 'tag="parley-v2"'),
    MALFORMED,
  ),
  refused(
    'short nonce',
    'uses a nonce that can be guessed',
    (w) => edited(w, 'signature-input', /nonce="[^"]*"/, 'nonce="1"'),
    MALFORMED,
  ),
  refused(
    'another label',
    'signs under another label than ours',
    async (w) => {
      const request = await honest(w);
      const renamed = (name: string) => (request.headers[name] ?? '').replace('parley=', 'sig1=');
      return {
        ...request,
        headers: {
          ...request.headers,
          signature: renamed('signature'),
          'signature-input': renamed('signature-input'),
        },
      };
    },
    /^401 signature-missing$/,
  ),
  refused(
    'two signatures under our label',
    'repeats the label, so that readers choose differently',
    async (w) => {
      const request = await honest(w);
      const twice = (name: string) => `${request.headers[name]}, ${request.headers[name]}`;
      return {
        ...request,
        headers: {
          ...request.headers,
          signature: twice('signature'),
          'signature-input': twice('signature-input'),
        },
      };
    },
    MALFORMED,
  ),
  refused(
    'a thousand labels',
    'sends a thousand signatures to be tried',
    async (w) => {
      const request = await honest(w);
      const many = Array.from({ length: 1_000 }, (_, i) => `s${i}=:AA==:`).join(', ');
      return { ...request, headers: { ...request.headers, signature: many } };
    },
    /^401 /,
  ),
  refused(
    'huge field',
    'sends 100 KB of signature input',
    (w) => with_(w, { 'signature-input': `parley=("${'a'.repeat(100_000)}")` }),
    /^401 request-too-large$/,
  ),
  refused(
    'line break in a covered field',
    'smuggles a second component into a covered one',
    async (w) => {
      const request = {
        method: 'POST',
        url: `https://${HOME}/parley/v1/inbox/${w.first.inbox}`,
        body: toUtf8('x\n'),
      };
      const signed = sealed(
        w,
        { ...request, headers: { 'content-type': 'application/parley-envelopes' } },
        stranger(w),
      );
      return {
        ...signed,
        headers: { ...signed.headers, 'content-type': 'application/parley-envelopes\n"@method": GET' },
      };
    },
    /^415 /,
  ),
];
