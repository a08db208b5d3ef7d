import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { LIMITS } from '../../kernel/limits.ts';
import type { Actor } from '../../kernel/operation.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { Deps } from '../../operations.ts';
import {
  actorOfToken,
  NOBODY,
  NODE_HOME,
  openSession,
  operatorAs,
  replaceToken,
} from '../../parties/index.ts';
import { remoteOf } from './caller.ts';
import type { HttpDoor } from './door.ts';
import { isSecure, originOf } from './host-check.ts';

const COOKIE = 'parley_session';
/** Browsers take a cookie of this name only over TLS and for this very host, so that no neighbour under the name plants one. */
const SECURE_COOKIE = `__Host-${COOKIE}`;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The operations after which the browser acts as somebody it did not act as before. */
const OPENS_SESSION: Readonly<Record<string, (output: unknown) => string | undefined>> = {
  'claim-node': () => NODE_HOME,
  'create-party': partyOf,
  'sign-in': partyOf,
  'recover-party': partyOf,
  'act-as-sample': partyOf,
  'import-party': partyOf,
  'sign-in-with-passkey': partyOf,
  'recover-with-shares': partyOf,
};

/** Whoever holds the session may do it as it is; what the page has under way with its token goes on. */
const PROVES_NOBODY: ReadonlySet<string> = new Set(['act-as-sample']);

/**
 * Who calls: on the socket the operator, else the bearer of a program's token (RFC 6750), else the browser's session.
 * `as` names the party that acts, when there are several.
 */
export async function actorOf(door: HttpDoor, c: Context, as: string | undefined): Promise<Result<Actor>> {
  if (!door.hosts) return operatorAs(door.deps, as);
  const origin = originOf(c.req.raw.headers, door.hosts());
  const actor = await bearerOf(door, c, origin, as);
  if (!actor.ok) return actor;
  const remote = remoteOf(c, origin);
  return ok({
    ...actor.value,
    ...(remote !== undefined && { remote }),
    ...(origin !== undefined && { origin }),
  });
}

async function bearerOf(
  door: HttpDoor,
  c: Context,
  origin: string | undefined,
  as: string | undefined,
): Promise<Result<Actor>> {
  const header = c.req.header('authorization');
  const bearer = header === undefined ? undefined : (/^bearer\s+(\S+)$/i.exec(header)?.[1] ?? '');
  const token = bearer ?? getCookie(c, cookieAt(origin));
  if (token === undefined || !TOKEN.test(token)) return ok(NOBODY);
  const actor = await actorOfToken(door.deps, token, as);
  // A cookie is a person's and a bearer's token a program's; one does not pass for the other.
  return actor.ok && (actor.value.scopes === undefined) === (bearer !== undefined) ? ok(NOBODY) : actor;
}

/** Opens, renews or ends the browser's session, when the operation that just succeeded asks for it. */
export async function keepSession(
  door: HttpDoor,
  c: Context,
  actor: Actor,
  operation: string,
  output: unknown,
): Promise<void> {
  if (!door.hosts || actor.scopes !== undefined) return;
  const party = OPENS_SESSION[operation]?.(output);
  if (party !== undefined) {
    const passkey = operation === 'sign-in-with-passkey' ? passkeyOf(output) : undefined;
    return setSession(c, actor.origin, await openFor(door.deps, c, actor, operation, party, passkey));
  }
  if (operation === 'sign-out' && isObject(output) && output.remaining === 0) {
    setSession(c, actor.origin, undefined);
  }
}

async function openFor(
  deps: Deps,
  c: Context,
  actor: Actor,
  operation: string,
  party: string,
  passkey: string | undefined,
): Promise<string> {
  const before = getCookie(c, cookieAt(actor.origin));
  const label = browserLabel(c.req.header('user-agent') ?? '');
  const isKnown = actor.session !== undefined && before !== undefined;
  const token = !isKnown
    ? undefined
    : PROVES_NOBODY.has(operation)
      ? before
      : await replaceToken(deps, before);
  return openSession(deps, party, { label, token, passkey });
}

function cookieAt(origin: string | undefined): string {
  return isSecure(origin) ? SECURE_COOKIE : COOKIE;
}

function setSession(c: Context, origin: string | undefined, token: string | undefined): void {
  setCookie(c, cookieAt(origin), token ?? '', {
    httpOnly: true,
    secure: isSecure(origin),
    sameSite: 'Strict',
    path: '/',
    maxAge: token === undefined ? 0 : LIMITS.sessionHours * 3600,
  });
}

/** `Firefox on Linux`: what a person recognises their browser by, and no more of what it says about itself. */
export function browserLabel(userAgent: string): string {
  const names = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari', 'curl'];
  const shown: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
  const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'CrOS', 'Linux'];
  const name = names.find((candidate) => userAgent.includes(`${candidate}/`));
  const system = systems.find((candidate) => userAgent.includes(candidate));
  return [name ? (shown[name] ?? name) : 'A browser', ...(system ? [`on ${system}`] : [])].join(' ');
}

function partyOf(output: unknown): string | undefined {
  if (!isObject(output)) return undefined;
  const party = isObject(output.party) ? output.party : output;
  return typeof party.id === 'string' ? party.id : undefined;
}

function passkeyOf(output: unknown): string | undefined {
  return isObject(output) && typeof output.passkey === 'string' ? output.passkey : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
