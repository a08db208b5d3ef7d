import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import type { WireRequest, WireResponse } from './model.ts';
import { serializeItem, serializeParams } from './serialize-fields.ts';
import type { InnerList, Item, Params } from './structured-fields.ts';

/**
 * The text that a signature covers (RFC 9421, section 2.5): one line for each component, and the last one for the
 * list of them with its parameters. Fields are taken as they stand, joined already and without space around them;
 * what would need `sf`, `bs`, `key`, `req` or `tr` is refused.
 */
export function signatureBase(message: WireRequest | WireResponse, covered: InnerList): Result<string> {
  const lines = new Map<string, string>();
  for (const item of covered.items) {
    const name = serializeItem(item);
    const value = componentValue(message, item);
    if (lines.has(name)) return unusable(name, 'stands twice');
    if (value === undefined) return unusable(name, 'is not there');
    // A line break in a value could pass for another component.
    if (!/^[ -~]*$/.test(value)) return unusable(name, 'is no line of printable ASCII');
    lines.set(name, value);
  }
  lines.set('"@signature-params"', `(${[...lines.keys()].join(' ')})${serializeParams(covered.params)}`);
  return ok([...lines].map(([name, value]) => `${name}: ${value}`).join('\n'));
}

function componentValue(message: WireRequest | WireResponse, { bare, params }: Item): string | undefined {
  if (bare.kind !== 'string') return undefined;
  const name = bare.value;
  if (name === '@query-param') return 'url' in message ? queryParam(message.url, params) : undefined;
  if (params.size > 0) return undefined;
  if (name.startsWith('@')) return 'url' in message ? derived(message, name) : status(message, name);
  const value = Object.hasOwn(message.headers, name) ? message.headers[name] : undefined;
  return value?.replaceAll(/^[ \t]+|[ \t]+$/g, '');
}

function status(response: WireResponse, name: string): string | undefined {
  return name === '@status' ? String(response.status) : undefined;
}

/** RFC 9421, section 2.2. */
function derived(request: WireRequest, name: string): string | undefined {
  if (name === '@method') return request.method;
  if (name === '@target-uri') return request.url;
  if (!URL.canParse(request.url)) return undefined;
  const url = new URL(request.url);
  switch (name) {
    case '@authority':
      return url.host;
    case '@scheme':
      return url.protocol.slice(0, -1);
    case '@request-target':
      return url.pathname + url.search;
    case '@path':
      return url.pathname;
    case '@query':
      return url.search === '' ? '?' : url.search;
    default:
      return undefined;
  }
}

/** RFC 9421, section 2.2.8: a name that occurs twice cannot be covered. */
function queryParam(url: string, params: Params): string | undefined {
  const name = params.get('name');
  if (name?.kind !== 'string' || params.size !== 1 || !URL.canParse(url)) return undefined;
  const found = [...new URL(url).searchParams].filter(([it]) => encoded(it) === name.value);
  return found.length === 1 ? encoded(found[0]?.[1] ?? '') : undefined;
}

/** Percent-encoded as the URL standard does for forms, but a space is %20. */
function encoded(text: string): string {
  const toEscape = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()~]/g, toEscape);
}

function unusable(name: string, how: string): Failure {
  return fail(
    'signature-malformed',
    `The signature covers ${name}, which ${how}.`,
    'Sign what is sent, and send it again.',
  );
}
