import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id, type nothing } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { endSessions, listSessions } from './sessions.ts';

export const EndSession = z.object({ id });

/** Signs me out of another browser. Fails with `session-unknown`. */
export async function endSession(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof EndSession>,
): Promise<Result<z.output<typeof nothing>>> {
  const sessions = await listSessions(deps, actor.home);
  if (!sessions.some((session) => session.scopes === null && session.token_hash === input.id)) {
    return fail('session-unknown', 'You are not signed in there.', 'Look at the list of sessions.');
  }
  await endSessions(deps, { tokenHash: input.id, party: actor.home });
  return ok({});
}
