import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { Scope } from './create-token.ts';
import { listSessions } from './sessions.ts';

export const TokenList = z.object({
  rows: z.array(
    z.object({
      id,
      label: line,
      scopes: z.array(Scope),
      createdAt: instant,
      usedAt: instant,
      expiresAt: instant,
    }),
  ),
});

/** The tokens with which programs act as me; those that have run out are not among them. */
export async function listTokens(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof TokenList>>> {
  const sessions = await listSessions(deps, actor.home);
  const now = deps.clock.now();
  const rows = sessions.flatMap((session) =>
    session.scopes === null || session.expires_at <= now
      ? []
      : {
          id: session.token_hash,
          label: session.label,
          scopes: Scope.options.filter((scope) => session.scopes?.split(' ').includes(scope)),
          createdAt: session.created_at,
          usedAt: session.used_at,
          expiresAt: session.expires_at,
        },
  );
  return ok({ rows });
}
