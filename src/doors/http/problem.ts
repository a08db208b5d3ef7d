import type { Failure } from '../../kernel/result.ts';

const STATUS: Readonly<Record<string, number>> = {
  'json-malformed': 400,
  'body-malformed': 400,
  'sign-in-needed': 401,
  'sign-in-refused': 401,
  'recovery-refused': 401,
  'passkey-refused': 401,
  'passkey-copied': 401,
  'token-refused': 401,
  'operator-only': 403,
  'scope-missing': 403,
  'person-needed': 403,
  'machine-needed': 403,
  'not-signed-in-as': 403,
  'origin-refused': 403,
  'method-refused': 405,
  'request-too-large': 413,
  'file-too-large': 413,
  'media-type-refused': 415,
  'host-refused': 421,
  'too-many-attempts': 429,
  'too-many-streams': 429,
  'internal-error': 500,
  'database-locked': 503,
  'database-unreachable': 503,
  'node-unreachable': 503,
  'database-full': 507,
};

/** Words that mean the same in every code: the state of things is in the way, not the input. */
const CONFLICTS = [
  ...[
    'taken',
    'changed',
    'exists',
    'conflict',
    'busy',
    'in-use',
    'over',
    'gone',
    'late',
    'early',
    'withdrawn',
  ],
  ...['expired', 'full', 'spent', 'known', 'repeated', 'open', 'state', 'running', 'trashed', 'present'],
  ...['absent', 'paused', 'turn', 'unasked'],
];

const PATTERNS: readonly (readonly [RegExp, number])[] = [
  [/^database-/, 500],
  [/-unknown$/, 404],
  [/^(already|too-many)-/, 409],
  [new RegExp(`-(${CONFLICTS.join('|')})$`), 409],
];

export function statusOf(code: string): number {
  return STATUS[code] ?? PATTERNS.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}

/** The failure as problem details (RFC 9457): the sentence is its title, what to do next its detail. */
export function problemResponse(failure: Failure): Response {
  const status = statusOf(failure.code);
  const body = {
    type: `/problems/${failure.code}`,
    title: failure.message,
    status,
    detail: failure.next,
    code: failure.code,
    ...(failure.fields && { fields: failure.fields }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (status === 401) headers.set('www-authenticate', 'Bearer'); // RFC 9110, 11.6.1 asks for one
  if (status === 405) headers.set('allow', 'POST');
  if (status === 429) headers.set('retry-after', '900');
  return new Response(JSON.stringify(body), { status, headers });
}
