import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, type nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { endSessions, listSessions } from './sessions.ts';

export const RevokeToken = z.object({ id });

/** Ends a program's token at once. Fails with `token-unknown`. */
export async function revokeToken(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof RevokeToken>,
): Promise<Result<z.output<typeof nothing>>> {
  const sessions = await listSessions(deps, actor.home);
  if (!sessions.some((session) => session.scopes !== null && session.token_hash === input.id)) {
    return fail('token-unknown', 'You have no such token.', 'Look at the list of them.');
  }
  await endSessions(deps, { tokenHash: input.id, party: actor.home });
  return ok({});
}
