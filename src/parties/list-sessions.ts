import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { listSessions as listSessionRows } from './sessions.ts';

export const SessionList = z.object({
  rows: z.array(
    z.object({
      id,
      label: z.string(),
      createdAt: instant,
      usedAt: instant,
      expiresAt: instant,
      /** True for the one that asks. */
      isThis: z.boolean(),
    }),
  ),
});

/** The browsers in which I am signed in. */
export async function listSessions(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof SessionList>>> {
  const now = deps.clock.now();
  const sessions = await listSessionRows(deps, actor.home);
  const rows = sessions
    .filter((session) => session.scopes === null && session.expires_at > now)
    .map((session) => ({
      id: session.token_hash,
      label: session.label,
      createdAt: session.created_at,
      usedAt: session.used_at,
      expiresAt: session.expires_at,
      isThis: session.token_hash === actor.session,
    }));
  return ok({ rows });
}
