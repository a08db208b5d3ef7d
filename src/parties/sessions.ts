import { sha256, toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Effect } from '../kernel/operation.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';

export interface SessionRow {
  home_id: string;
  /** SHA-256 of the secret the caller holds; the secret itself is never stored. */
  token_hash: string;
  party: string;
  label: string;
  /** Effects a program's token may have, space-separated; null for a person's browser. */
  scopes: string | null;
  created_at: number;
  used_at: number;
  expires_at: number;
  /** The passkey that signed in; null for another way. */
  passkey: string | null;
}

interface Tables {
  sessions: SessionRow;
}

const HOUR_MS = 3_600_000;
/** How stale `used_at` may be, so that not every request writes. */
const TOUCH_AFTER_MS = 15 * 60_000;

export function tokenHash(token: string): string {
  return toBase64url(sha256(token));
}

interface NewSession {
  readonly token?: string | undefined;
  readonly label: string;
  readonly scopes?: readonly Effect[];
  readonly hours?: number;
  readonly passkey?: string | undefined;
}

/** Opens a session for a party; a browser that already holds a token adds the party to it. Answers the token. */
export async function openSession(deps: BaseDeps, party: HomeId, options: NewSession): Promise<string> {
  const token = options.token ?? toBase64url(deps.random.bytes(32));
  const now = deps.clock.now();
  const row: SessionRow = {
    home_id: NODE_HOME,
    token_hash: tokenHash(token),
    party,
    label: options.label,
    scopes: options.scopes?.join(' ') ?? null,
    created_at: now,
    used_at: now,
    expires_at: now + (options.hours ?? LIMITS.sessionHours) * HOUR_MS,
    passkey: options.passkey ?? null,
  };
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .insertInto('sessions')
      .values(row)
      .onConflict((c) =>
        c
          .columns(['home_id', 'token_hash', 'party'])
          .doUpdateSet({ created_at: now, used_at: now, expires_at: row.expires_at, passkey: row.passkey }),
      )
      .execute(),
  );
  return token;
}

/** The parties that this token may act as, last signed in first; expired ones are not among them. */
export async function sessionsOf(deps: BaseDeps, token: string): Promise<SessionRow[]> {
  const now = deps.clock.now();
  const rows = await deps.storage.read((view) =>
    tables<Tables>(view)
      .selectFrom('sessions')
      .selectAll()
      .where('home_id', '=', NODE_HOME)
      .where('token_hash', '=', tokenHash(token))
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .execute(),
  );
  const stale = rows.find((row) => now - row.used_at > TOUCH_AFTER_MS);
  if (stale) await touch(deps, stale, now);
  return rows;
}

/** Notes the use; a browser's time begins again with it, a program's token keeps its end. */
async function touch(deps: BaseDeps, session: SessionRow, now: number): Promise<void> {
  const hash = session.token_hash;
  const end = session.scopes === null ? { expires_at: now + LIMITS.sessionHours * HOUR_MS } : {};
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .updateTable('sessions')
      .set({ used_at: now, ...end })
      .where('home_id', '=', NODE_HOME)
      .where('token_hash', '=', hash)
      .execute(),
  );
}

/** Ends the sessions that fit: one token, one party, or one party under one token. */
export async function endSessions(
  deps: BaseDeps,
  which: { tokenHash?: string; party?: HomeId },
): Promise<number> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    let query = tables<Tables>(tx).deleteFrom('sessions').where('home_id', '=', NODE_HOME);
    if (which.tokenHash !== undefined) query = query.where('token_hash', '=', which.tokenHash);
    if (which.party !== undefined) query = query.where('party', '=', which.party);
    const [done] = await query.execute();
    return Number(done?.numDeletedRows ?? 0n);
  });
}

export async function listSessions(deps: BaseDeps, party: HomeId): Promise<SessionRow[]> {
  return deps.storage.read((view) =>
    tables<Tables>(view)
      .selectFrom('sessions')
      .selectAll()
      .where('home_id', '=', NODE_HOME)
      .where('party', '=', party)
      .orderBy('created_at', 'desc')
      .execute(),
  );
}

/** Signs a party out of every browser but one; programs' tokens stay. Answers how many ended. */
export async function endBrowserSessions(
  deps: BaseDeps,
  party: HomeId,
  exceptHash: string | undefined,
): Promise<number> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const [done] = await tables<Tables>(tx)
      .deleteFrom('sessions')
      .where('home_id', '=', NODE_HOME)
      .where('party', '=', party)
      .where('scopes', 'is', null)
      .where('token_hash', '!=', exceptHash ?? '')
      .execute();
    return Number(done?.numDeletedRows ?? 0n);
  });
}

/** Signs a party out of every browser that came in with this passkey. Answers how many ended. */
export async function endSessionsOfPasskey(deps: BaseDeps, party: HomeId, passkey: string): Promise<number> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const [done] = await tables<Tables>(tx)
      .deleteFrom('sessions')
      .where('home_id', '=', NODE_HOME)
      .where('party', '=', party)
      .where('passkey', '=', passkey)
      .execute();
    return Number(done?.numDeletedRows ?? 0n);
  });
}

/** Everybody under one token, also those whose time has run out. */
export async function sessionParties(deps: BaseDeps, hash: string): Promise<HomeId[]> {
  const rows = await deps.storage.read((view) =>
    tables<Tables>(view)
      .selectFrom('sessions')
      .select('party')
      .where('home_id', '=', NODE_HOME)
      .where('token_hash', '=', hash)
      .execute(),
  );
  return rows.map((row) => row.party);
}

/** Gives a browser's session a new token, so that one somebody planted before the sign-in opens nothing after it. */
export async function replaceToken(deps: BaseDeps, token: string): Promise<string> {
  const next = toBase64url(deps.random.bytes(32));
  await deps.storage.transact(NODE_HOME, (tx) =>
    tables<Tables>(tx)
      .updateTable('sessions')
      .set({ token_hash: tokenHash(next) })
      .where('home_id', '=', NODE_HOME)
      .where('token_hash', '=', tokenHash(token))
      .where('scopes', 'is', null)
      .execute(),
  );
  return next;
}
