import { type Failure, fail } from './result.ts';

/** Headers that belong to the connection, or that are always the same. */
const OURS = new Set([
  ...['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'te', 'trailer', 'upgrade'],
  ...['expect', 'cookie', 'user-agent', 'accept-encoding', 'proxy-authorization', 'proxy-connection'],
]);

const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** Fails with `request-malformed` for anything that could be read in two ways on the other side. */
export function refuseRequest(request: {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}): Failure | undefined {
  const isPlain = Object.entries(request.headers).every(
    ([name, value]) => NAME.test(name) && !OURS.has(name) && VALUE.test(value),
  );
  const isGet = request.method === 'GET' && request.body.length === 0;
  if (isPlain && (isGet || request.method === 'POST')) return undefined;
  return fail(
    'request-malformed',
    'That request cannot be sent as it stands.',
    'Send GET or POST with headers in plain letters.',
  );
}
