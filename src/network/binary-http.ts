import { concat } from '../kernel/bytes.ts';
import { assert, fail, ok, type Result } from '../kernel/result.ts';
import { NETWORK_LIMITS, OBLIVIOUS_LIMITS } from './limits.ts';
import type { WireRequest, WireResponse } from './model.ts';
import { Refused, type WireReader, wireReader, writeInteger } from './wire-reader.ts';

/**
 * HTTP messages as octets (RFC 9292), known length. What two readers could understand differently is refused: a
 * header twice, an address that a URL parser would write differently, anything of one connection only.
 */
const REQUEST = 0;
const RESPONSE = 1;

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/;
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** Headers that speak of one connection (RFC 9113, section 8.2.2): never part of a message. */
const OF_ONE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** A request as octets. One with a `host` header leaves its authority empty, as HTTP/2 asks. */
export function encodeRequest(request: WireRequest): Uint8Array {
  const url = new URL(request.url);
  const host = request.headers.host;
  assert(host === undefined || host === url.host, 'a host header names the host of its address');
  assert(METHOD.test(request.method), 'a method is a token');
  const origin = `${url.protocol}//${url.host}`;
  const path = url.href.slice(origin.length); // with an empty query, which `search` hides
  assert(url.href.startsWith(`${origin}/`) && !path.includes('#'), 'an address has no user and no fragment');
  return concat(
    writeInteger(REQUEST),
    text(request.method),
    text(url.protocol.slice(0, -1)),
    text(host === undefined ? url.host : ''),
    text(path),
    ...headersAndBody(request.headers, request.body),
  );
}

export function encodeResponse(response: WireResponse): Uint8Array {
  assert(response.status >= 200 && response.status <= 599, 'an answer has a final status');
  return concat(
    writeInteger(RESPONSE),
    writeInteger(response.status),
    ...headersAndBody(response.headers, response.body),
  );
}

/** The request of these octets, padded or not. Fails with `http-message-malformed`. */
export function decodeRequest(octets: Uint8Array): Result<WireRequest> {
  return decode(octets, REQUEST, (reader) => {
    const { urlChars } = NETWORK_LIMITS;
    const method = reader.text(32);
    const scheme = reader.text(8);
    const authority = reader.text(urlChars);
    const path = reader.text(urlChars);
    const { headers, body } = readHeadersAndBody(reader);
    if (!METHOD.test(method)) throw new Refused('its method is none');
    if (authority !== '' && headers.host !== undefined && authority !== headers.host)
      throw new Refused('it names two hosts');
    const host = authority || (headers.host ?? '');
    const url = `${scheme}://${host}${path}`;
    if (!isCanonical(url, scheme, host, path)) throw new Refused('its address is not in canonical form');
    return { method, url, headers, body };
  });
}

/** The answer of these octets, padded or not. Fails with `http-message-malformed`. */
export function decodeResponse(octets: Uint8Array): Result<WireResponse> {
  return decode(octets, RESPONSE, (reader) => {
    let status = reader.integer();
    for (let interim = 0; status >= 100 && status <= 199; interim++) {
      if (interim === OBLIVIOUS_LIMITS.interimAnswers) throw new Refused('it has too many interim answers');
      readHeaders(reader);
      status = reader.integer();
    }
    if (status < 200 || status > 599) throw new Refused('its status is none');
    return { status, ...readHeadersAndBody(reader) };
  });
}

function decode<T>(octets: Uint8Array, framing: number, read: (reader: WireReader) => T): Result<T> {
  try {
    const reader = wireReader(octets);
    if (reader.integer() !== framing) throw new Refused('it is of another kind');
    const message = read(reader);
    const rest = reader.rest();
    if (Buffer.compare(rest, Buffer.alloc(rest.length)) !== 0) throw new Refused('its padding is not empty');
    return ok(message);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail(
      'http-message-malformed',
      `A message inside a sealed one cannot be read: ${error.message}.`,
      'Send it again from an up-to-date Parley.',
    );
  }
}

function readHeadersAndBody(reader: WireReader): Pick<WireResponse, 'headers' | 'body'> {
  const headers = readHeaders(reader);
  const body = reader.isAtEnd() ? new Uint8Array(0) : reader.octets(OBLIVIOUS_LIMITS.largestMessageBytes);
  readHeaders(reader); // trailers: valid or the message is not, and nobody here asks for them (RFC 9110, section 6.5.1)
  return { headers, body };
}

/** A section of header lines; cut off, it is empty. */
function readHeaders(reader: WireReader): Record<string, string> {
  if (reader.isAtEnd()) return {};
  const section = wireReader(reader.octets(OBLIVIOUS_LIMITS.headerBytes));
  const headers = new Map<string, string>();
  while (!section.isAtEnd()) {
    const name = section.text(OBLIVIOUS_LIMITS.headerBytes);
    const value = section.text(OBLIVIOUS_LIMITS.headerBytes);
    if (!TOKEN.test(name) || OF_ONE_CONNECTION.has(name))
      throw new Refused('it has a header that may not be');
    if (!VALUE.test(value)) throw new Refused('a header has a value that may not be');
    if (headers.has(name)) throw new Refused('it has a header twice');
    headers.set(name, value);
    if (headers.size > OBLIVIOUS_LIMITS.headerCount) throw new Refused('it has too many headers');
  }
  return Object.fromEntries(headers);
}

function headersAndBody(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array[] {
  const lines = Object.entries(headers)
    .filter(([name]) => !OF_ONE_CONNECTION.has(name))
    .flatMap(([name, value]) => {
      assert(TOKEN.test(name) && VALUE.test(value), `the header ${name} can be sent`);
      return [text(name), text(value)];
    });
  const section = concat(...lines);
  return [writeInteger(section.length), section, writeInteger(body.length), body, writeInteger(0)];
}

function text(value: string): Uint8Array {
  const octets = Buffer.from(value, 'latin1');
  return concat(writeInteger(octets.length), octets);
}

function isCanonical(text: string, scheme: string, host: string, path: string): boolean {
  if (!['http', 'https'].includes(scheme) || !path.startsWith('/') || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.href === text && url.host === host && !path.includes('#');
}
