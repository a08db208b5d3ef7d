import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';
import { makeContentDigest } from '../../src/network/content-digest.ts';
import type { WireRequest } from '../../src/network/model.ts';
import { signRequest } from '../../src/network/sign-request.ts';
import { SENT_AT, SIGNING, testRequest } from '../../src/network/testing.ts';

/** A request between nodes, as it arrives, with what a receiver has to say of its signature. */
export interface SignedRequestCase {
  readonly name: string;
  /** Milliseconds since 1970-01-01T00:00Z, by the receiver's clock. */
  readonly now: number;
  readonly request: Omit<WireRequest, 'body'> & {
    /** base64url */
    readonly body: string;
  };
  /** `accept`, or the code of the refusal. */
  readonly verdict: string;
  readonly publicKey?: string;
  readonly nonce?: string;
}

/** The key of RFC 8032, TEST 1. */
const KEY = signingKey(
  new Uint8Array(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')),
);
/** Of order 1: with R of order 1 and S = 0 it "signs" everything. */
const NOBODY: SigningKey = {
  publicKey: new Uint8Array([1, ...new Uint8Array(31)]),
  kid: '',
  sign: () => new Uint8Array([1, ...new Uint8Array(63)]),
};
const OTHER = signingKey(new Uint8Array(32).fill(7));

export function signedRequestCases(): SignedRequestCase[] {
  const signed = sign(testRequest());
  return [
    accepted('two lines', signed),
    accepted('in the last millisecond', signed, SENT_AT + 299_999),
    accepted('from a clock that is 30 s ahead', signed, SENT_AT - 30_000),
    accepted('an empty body', sign(testRequest(''))),
    accepted('letters of all kinds', sign(testRequest('{"text":"prix réduit, 値下げ"}\n'))),
    accepted(
      'another address, with a query',
      sign({ ...testRequest(), url: 'http://127.0.0.1:7447/x?a=%20b' }),
    ),
    accepted('a signature of somebody else beside it', withProxy(signed)),
    ...altered(signed),
    ...rewritten(signed),
    refused('by a key of small order', sign(testRequest(), NOBODY), 'signature-broken'),
    refused('expired', signed, 'clock-differs', SENT_AT + 300_000),
    refused('from a clock that is more than 30 s ahead', signed, 'clock-differs', SENT_AT - 30_001),
  ];
}

/** Something that was sent is not what was signed. */
function altered(signed: WireRequest): SignedRequestCase[] {
  const body = toUtf8('{"id":1}\n{"id":3}\n');
  const fitting = edit(signed, 'content-digest', () => makeContentDigest(body));
  const bySomebody = sign(testRequest(), OTHER).headers;
  return [
    refused('another method', { ...signed, method: 'PUT' }, 'signature-broken'),
    refused('another host', { ...signed, url: signed.url.replace('node', 'nude') }, 'signature-broken'),
    refused('another path', { ...signed, url: `${signed.url}x` }, 'signature-broken'),
    refused('a host in capitals', { ...signed, url: signed.url.replace('node', 'NODE') }, 'signature-broken'),
    refused('another body', { ...signed, body }, 'digest-differs'),
    refused('another body with its digest', { ...fitting, body }, 'signature-broken'),
    refused(
      'another type',
      edit(signed, 'content-type', () => 'text/plain'),
      'signature-broken',
    ),
    refused('no type', without(signed, 'content-type'), 'signature-malformed'),
    refused('no digest', without(signed, 'content-digest'), 'digest-differs'),
    refused(
      'a digest by SHA-512 only',
      edit(signed, 'content-digest', (it) => it.replace('sha-256', 'sha-512')),
      'digest-differs',
    ),
    refused(
      'a nonce of its own',
      edit(signed, 'signature-input', (it) => it.replace('AAEC', 'AAED')),
      'signature-broken',
    ),
    refused(
      'the signature of somebody else',
      edit(signed, 'signature', () => bySomebody.signature ?? ''),
      'signature-broken',
    ),
    refused(
      'the key of somebody else',
      edit(signed, 'signature-input', () => bySomebody['signature-input'] ?? ''),
      'signature-broken',
    ),
  ];
}

/** The fields say something else than the profile, or say it in other characters. */
function rewritten(signed: WireRequest): SignedRequestCase[] {
  const inputs: readonly (readonly [string, string, string])[] = [
    ['components in another order', '"@method" "@target-uri"', '"@target-uri" "@method"'],
    ['a component less', ' "content-type"', ''],
    ['a component more', '"content-type"', '"content-type" "date"'],
    ['a component twice', '"@method"', '"@method" "@method"'],
    ['a component with a parameter', '"content-type"', '"content-type";bs'],
    [
      'parameters in another order',
      ';created=1795953600;expires=1795953900',
      ';expires=1795953900;created=1795953600',
    ],
    ['no created', ';created=1795953600', ''],
    ['no expires', ';expires=1795953900', ''],
    ['valid for 301 s', 'expires=1795953900', 'expires=1795953901'],
    ['expires before it is created', 'expires=1795953900', 'expires=1795953599'],
    ['a fraction of a second', 'created=1795953600', 'created=1795953600.5'],
    ['a short nonce', 'ODw"', '"'],
    ['a nonce with other characters', 'AAEC', 'A+EC'],
    ['no nonce', ';nonce="AAECAwQFBgcICQoLDA0ODw"', ''],
    ['a key in padded base64', '";alg', '=";alg'],
    ['another algorithm', '"ed25519"', '"rsa-pss-sha512"'],
    ['no algorithm', ';alg="ed25519"', ''],
    ['the tag of another protocol', 'parley-v1', 'parley-v2'],
    ['a parameter more', 'tag="parley-v1"', 'tag="parley-v1";x=1'],
    ['a space more', '("@method" ', '("@method"  '],
    ['a leading zero', 'created=1', 'created=01'],
    ['the label twice', 'parley=', 'parley=("@method"), parley='],
    ['no structured field', 'parley=(', 'parley=[('],
  ];
  const signatures: readonly (readonly [string, string, string])[] = [
    ['63 octets', signed.headers.signature ?? '', `parley=:${Buffer.alloc(63).toString('base64')}:`],
    ['base64 with a spare bit', '==:', '=:'],
    ['a signature as a text', ':', '"'],
    ['a signature with a parameter', '==:', '==:;x'],
  ];
  const change =
    (field: string) =>
    ([name, from, to]: readonly [string, string, string]) =>
      refused(
        name,
        edit(signed, field, (it) => it.replaceAll(from, to)),
        'signature-malformed',
      );
  return [
    ...inputs.map(change('signature-input')),
    ...signatures.map(change('signature')),
    refused('no signature', without(signed, 'signature'), 'signature-missing'),
    refused('no signature input', without(signed, 'signature-input'), 'signature-missing'),
    refused(
      'another label',
      edit(edit(signed, 'signature', rename), 'signature-input', rename),
      'signature-missing',
    ),
  ];
}

function rename(field: string): string {
  return field.replace('parley=', 'sig1=');
}

function sign(request: WireRequest, key = KEY): WireRequest {
  return signRequest(request, key, SIGNING);
}

function withProxy(signed: WireRequest): WireRequest {
  const input = edit(signed, 'signature-input', (it) => `proxy=("@authority");created=1795953600, ${it}`);
  return edit(input, 'signature', (it) => `proxy=:AAAA:, ${it}`);
}

function edit(request: WireRequest, name: string, change: (value: string) => string): WireRequest {
  return { ...request, headers: { ...request.headers, [name]: change(request.headers[name] ?? '') } };
}

function without(request: WireRequest, name: string): WireRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([it]) => it !== name));
  return { ...request, headers };
}

function accepted(name: string, request: WireRequest, now = SENT_AT): SignedRequestCase {
  const known = { publicKey: toBase64url(KEY.publicKey), nonce: SIGNING.nonce };
  return { name, now, request: readable(request), verdict: 'accept', ...known };
}

function refused(name: string, request: WireRequest, verdict: string, now = SENT_AT): SignedRequestCase {
  return { name, now, request: readable(request), verdict };
}

function readable(request: WireRequest): SignedRequestCase['request'] {
  return { ...request, body: toBase64url(request.body) };
}
