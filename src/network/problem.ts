import { fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import { type JsonObject, parseStrictJson } from '../kernel/json.ts';
import type { WireResponse } from './model.ts';

const CODE = /^[a-z][a-z0-9-]{1,59}$/;

/** An RFC 9457 answer to another node: a stable code and what a program needs to go on, no sentence. */
export function problemAnswer(status: number, code: string, more: JsonObject = {}): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: toUtf8(JSON.stringify({ type: 'about:blank', status, code, ...more })),
  };
}

/** What another node said was wrong; `peer-refused` when it did not say so as we do. */
export function readProblem(response: WireResponse): { readonly code: string; readonly more: JsonObject } {
  const text = response.body.length <= 4096 ? fromUtf8(response.body) : undefined;
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  const value = parsed?.ok ? parsed.value : undefined;
  const more = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const { code } = more;
  return { code: typeof code === 'string' && CODE.test(code) ? code : 'peer-refused', more };
}
