import { toUtf8 } from '../../src/kernel/bytes.ts';
import { carrying, envelope, nextRecord, posted, sealed } from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT, refused } from './refusing.ts';
import { HOME, type World } from './world.ts';

const MALFORMED = /^400 envelope-malformed$/;

async function record(world: World) {
  return carrying(world, await nextRecord(world));
}

async function text(world: World): Promise<string> {
  return JSON.stringify(await record(world));
}

/** A signed request with this body. */
function body(world: World, octets: Uint8Array) {
  const request = {
    method: 'POST',
    url: `https://${HOME}/parley/v1/inbox/${world.first.inbox}`,
    body: octets,
  };
  return sealed(
    world,
    { ...request, headers: { 'content-type': 'application/parley-envelopes' } },
    world.first.key,
  );
}

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Envelopes that are truncated, oversized, deep, or not what they say. */
export const envelopes: readonly Attack[] = [
  refused('empty body', 'posts nothing, signed', (w) => body(w, new Uint8Array(0)), MALFORMED),
  refused(
    'truncated',
    'leaves out the last octets of the last line',
    async (w) => body(w, toUtf8((await text(w)).slice(0, -5))),
    MALFORMED,
  ),
  refused(
    'no last line feed',
    'leaves the last line open',
    async (w) => body(w, toUtf8(await text(w))),
    MALFORMED,
  ),
  refused('blank lines', 'posts lines with nothing on them', (w) => body(w, toUtf8('\n\n\n')), MALFORMED),
  refused(
    'a good line and a bad one',
    'hides half an envelope behind a whole one',
    async (w) => body(w, toUtf8(`${await text(w)}\n{"v":1\n`)),
    MALFORMED,
  ),
  refused(
    '101 envelopes',
    'posts more envelopes than one request may have',
    async (w) => {
      const one = await record(w);
      return posted(
        w,
        Array.from({ length: 101 }, () => one),
      );
    },
    MALFORMED,
  ),
  refused(
    'a body of 1 MB and one octet',
    'posts more than is read',
    (w) => body(w, new Uint8Array(1024 * 1024 + 1).fill(0x20)),
    /^413 request-too-large$/,
  ),
  refused(
    'an envelope of 300 KB',
    'posts one envelope that is too large',
    async (w) => posted(w, [{ ...(await record(w)), body: { rel: w.first.rel, fill: 'x'.repeat(300_000) } }]),
    MALFORMED,
  ),
  refused(
    'deep',
    'nests 100,000 lists in the body',
    async (w) => body(w, toUtf8(`${(await text(w)).replace(/}$/, `,"deep":${deep(100_000)}}`)}\n`)),
    MALFORMED,
  ),
  refused(
    'just too deep',
    'nests 40 lists in the body',
    async (w) =>
      posted(w, [{ ...(await record(w)), body: { rel: w.first.rel, deep: JSON.parse(deep(40)) } }]),
    MALFORMED,
  ),
  refused(
    'a name twice',
    'says `from` twice, so that two readers see two senders',
    async (w) => body(w, toUtf8(`${(await text(w)).replace('{', `{"from":"${w.first.victim}",`)}\n`)),
    MALFORMED,
  ),
  refused(
    'one member more',
    'adds a member',
    async (w) => posted(w, [{ ...(await record(w)), also: 1 }]),
    MALFORMED,
  ),
  refused(
    'one member less',
    'leaves out the end',
    async (w) => {
      const { exp: _, ...rest } = await record(w);
      return posted(w, [rest]);
    },
    /^400 /,
  ),
  refused(
    'a later version',
    'posts an envelope of version 2',
    async (w) => posted(w, [{ ...(await record(w)), v: 2 }]),
    MALFORMED,
  ),
  refused(
    'a version of none',
    'posts an envelope of version 0',
    async (w) => posted(w, [{ ...(await record(w)), v: 0 }]),
    MALFORMED,
  ),
  refused(
    'a number beyond whole numbers',
    'writes 1e308 as the time',
    async (w) => body(w, toUtf8(`${(await text(w)).replace(/"iat":\d+/, '"iat":1e308')}\n`)),
    MALFORMED,
  ),
  refused(
    'a negative time',
    'writes a time before 1970',
    async (w) => posted(w, [{ ...(await record(w)), iat: -1 }]),
    MALFORMED,
  ),
  refused(
    'a list as the body',
    'posts a list where an object belongs',
    async (w) => posted(w, [{ ...(await record(w)), body: [] }]),
    MALFORMED,
  ),
  refused(
    'an empty id',
    'posts an envelope without a name',
    async (w) => posted(w, [{ ...(await record(w)), id: '' }]),
    MALFORMED,
  ),
  refused(
    'an id of 300 characters',
    'posts an envelope with a long name',
    async (w) => posted(w, [{ ...(await record(w)), id: 'x'.repeat(300) }]),
    MALFORMED,
  ),
  refused(
    'U+0000 in the id',
    'writes a zero octet, at which some databases end a text',
    async (w) => body(w, toUtf8(`${(await text(w)).replace('"id":"', '"id":"\\u0000')}\n`)),
    MALFORMED,
  ),
  refused(
    'a lone surrogate',
    'writes half a character',
    async (w) => body(w, toUtf8(`${(await text(w)).replace('"id":"', '"id":"\\ud800')}\n`)),
    MALFORMED,
  ),
  refused(
    'not UTF-8',
    'writes octets that are no text',
    async (w) => {
      const octets = Buffer.from(`${await text(w)}\n`);
      octets[8] = 0xff;
      return body(w, octets);
    },
    MALFORMED,
  ),
  refused(
    'byte order mark',
    'begins with a byte order mark',
    async (w) => body(w, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), toUtf8(`${await text(w)}\n`)])),
    MALFORMED,
  ),
  refused(
    'cross-recipient',
    'posts to this inbox an envelope that is addressed to the other',
    async (w) => {
      const { url } = posted(w, [envelope(w)]);
      return posted(w, [{ ...(await record(w)), to: w.second.inbox }], w.first.key, { url });
    },
    /^400 lane-mixed$/,
  ),
  refused(
    'two senders in one request',
    'hides somebody else’s envelope behind its own',
    async (w) => posted(w, [await record(w), { ...(await record(w)), from: w.first.victim }]),
    /^400 lane-mixed$/,
  ),
  refused(
    'an inbox of another node',
    'posts to a path that this node did not make',
    async (w) => posted(w, [{ ...(await record(w)), to: w.vendor.deps.nodeKey.join('') }]),
    /^404 inbox-unknown$/,
  ),
  refused(
    'a path with one letter changed',
    'guesses at inbox paths',
    async (w) => posted(w, [{ ...(await record(w)), to: `B${w.first.inbox.slice(1)}` }]),
    /^404 inbox-unknown$/,
  ),
  refused(
    'a path that climbs',
    'asks for /inbox/../../api',
    async (w) => ({
      ...posted(w, [await record(w)]),
      url: `https://${HOME}/parley/v1/inbox/../../api/list-items`,
    }),
    /^404 not-found$/,
  ),
  refused(
    'a query',
    'adds a query to the path',
    async (w) =>
      posted(w, [await record(w)], w.first.key, {
        url: `https://${HOME}/parley/v1/inbox/${w.first.inbox}?x=1`,
      }),
    /^404 not-found$/,
  ),
  refused(
    'an envelope that has expired',
    'posts what ended yesterday',
    async (w) => posted(w, [{ ...(await record(w)), exp: w.now() - 86_400_000 }]),
    /^refused message-expired$/,
    KEPT,
  ),
  refused(
    'an envelope that never expires',
    'asks to be remembered for ever',
    async (w) => posted(w, [{ ...(await record(w)), exp: 2 ** 53 - 1 }]),
    /^refused message-lasts-too-long$/,
  ),
  refused(
    'a type of its own',
    'posts a type that nobody knows',
    (w) => posted(w, [envelope(w, { type: 'give-me-everything' })]),
    /^refused message-unknown$/,
  ),
  refused(
    'a type from the prototype',
    'names `constructor` as the type',
    (w) => posted(w, [envelope(w, { type: 'constructor' })]),
    /^refused message-unknown$/,
  ),
  refused(
    'version 0 of the path',
    'asks for an older version than there is',
    async (w) =>
      posted(w, [await record(w)], w.first.key, { url: `https://${HOME}/parley/v0/inbox/${w.first.inbox}` }),
    /^404 version-unknown$/,
  ),
  refused(
    'version 2 of the path',
    'asks for a version that this node does not speak',
    async (w) =>
      posted(w, [await record(w)], w.first.key, { url: `https://${HOME}/parley/v2/inbox/${w.first.inbox}` }),
    /^404 version-unknown$/,
  ),
  refused(
    'version 01',
    'writes the version so that only some read it as 1',
    async (w) =>
      posted(w, [await record(w)], w.first.key, { url: `https://${HOME}/parley/v01/inbox/${w.first.inbox}` }),
    /^404 /,
  ),
];
