import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import type { WireRequest } from '../../src/network/index.ts';
import { STRANGER } from './key-book.ts';
import type { LooseEnvelope } from './variants.ts';

/** A request that is wrong before any message in it is looked at, or only just right. */
interface RawRequest {
  readonly name: string;
  readonly body: Uint8Array;
  readonly method?: string;
  readonly url?: string;
  readonly type?: string;
  /** What becomes of it once it is signed. */
  readonly after?: (signed: WireRequest) => WireRequest;
}

/** Everything that any request may have, shown with one that is short. */
export function rawRequests(envelope: LooseEnvelope, url: string): RawRequest[] {
  const line = JSON.stringify(envelope);
  const whole = (change: object): string => `${JSON.stringify({ ...envelope, ...change })}\n`;
  const text = (name: string, body: string): RawRequest => ({ name, body: toUtf8(body) });
  const good = `${line}\n`;
  const elsewhere = toBase64url(new Uint8Array(40).fill(7));
  return [
    text('as it was sent', good),
    text('with spaces between the tokens', `${line.replace('{', '{ ').replace(',', ' , ')}\n`),
    text('without its last line feed', line),
    text('no lines', ''),
    text('an empty line', '\n'),
    text('an empty line after it', `${good}\n`),
    text('a carriage return before the line feed', `${line}\r\n`),
    text('a comma after the last member', good.replace(/\}\n$/, ',}\n')),
    text('101 lines', good.repeat(101)),
    text('of two senders', good + whole({ from: STRANGER.kid })),
    text('to two paths', good + whole({ to: elsewhere })),
    text('to another path than its own', whole({ to: elsewhere })),
    text('a second line that is none', `${good}{}\n`),
    ...['v', 'id', 'from', 'to', 'type', 'iat', 'exp', 'body'].map((member) =>
      text(`an envelope without ${member}`, whole({ [member]: undefined })),
    ),
    text('a member more', whole({ more_of_it: 1 })),
    text('version 2 of the envelope', whole({ v: 2 })),
    text('an id of no characters', whole({ id: '' })),
    text('an id of 201 characters', whole({ id: 'x'.repeat(201) })),
    text('a time before 1970', whole({ iat: -1 })),
    text('a time in a text', whole({ exp: String(envelope.exp) })),
    text('of use for 120 days', whole({ exp: Number(envelope.iat) + 120 * DAY_MS - HOUR_MS })),
    text('of use for longer than 120 days', whole({ exp: Number(envelope.iat) + 121 * DAY_MS })),
    text('a body that is a list', whole({ body: [] })),
    text('no body', whole({ body: null })),
    text('a type that nobody knows', whole({ type: 'song' })),
    text('a name twice', good.replace('{"v":1', '{"v":1,"v":1')),
    text('a fraction', good.replace('{"v":1', '{"v":1.0')),
    text('half a surrogate', good.replace('"type":"', '"type":"\\ud800')),
    text('U+0000', good.replace('"type":"', '"type":"\\u0000')),
    text('nested 33 deep', whole({ body: { x: nested(30) } })),
    text('nested 32 deep', whole({ body: { ...envelope.body, x: nested(29) } })),
    { name: 'a byte order mark', body: toUtf8(`\ufeff${good}`) },
    { name: 'not in UTF-8', body: new Uint8Array([...toUtf8(good).slice(0, -3), 0xff, 0x7d, 0x0a]) },
    { ...text('another method', good), method: 'PUT' },
    { ...text('another content type', good), type: 'application/json' },
    { ...text('a content type with a parameter', good), type: 'application/parley-envelopes; charset=utf-8' },
    { ...text('with a query', good), url: `${url}?x=1` },
    {
      ...text('to a path that nobody made', whole({ to: elsewhere })),
      url: url.replace(/[^/]+$/, elsewhere),
    },
    { ...text('no envelope, to a path that nobody made', '{}\n'), url: url.replace(/[^/]+$/, elsewhere) },
    { ...text('another version of the protocol', good), url: url.replace('/v1/', '/v2/') },
    { ...text('to another place', good), url: url.replace('/inbox/', '/outbox/') },
    {
      ...text('a body that was changed on the way', good),
      after: (it) => ({ ...it, body: toUtf8(whole({ id: 'x' })) }),
    },
    {
      ...text('to another path than it was signed for', good),
      after: (it) => ({ ...it, url: `${it.url}x` }),
    },
    {
      ...text('of another method in another version', good),
      method: 'PUT',
      url: url.replace('/v1/', '/v2/'),
    },
    { ...text('no signature', good), after: (it) => ({ ...it, headers: { ...it.headers, signature: '' } }) },
  ];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function nested(depth: number): object {
  return depth === 0 ? [] : [nested(depth - 1)];
}
