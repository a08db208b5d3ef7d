import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';
import { endSessions, sessionParties } from './sessions.ts';

export const SignOut = z.object({
  everybody: z.boolean().default(false).describe('Sign out everybody who is signed in here.'),
});
export const SignedOut = z.object({ remaining: z.int().min(0) });

/** Ends this session for the acting party; with the last one it ends whole. Answers how many are still signed in. */
export async function signOut(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof SignOut>,
): Promise<Result<z.output<typeof SignedOut>>> {
  if (actor.session === undefined) return ok({ remaining: 0 }); // at the machine itself there is no session
  if (!input.everybody) await endSessions(deps, { tokenHash: actor.session, party: actor.home });
  const left = (await sessionParties(deps, actor.session)).filter((party) => party !== NODE_HOME);
  if (left.length > 0 && !input.everybody) return ok({ remaining: left.length });
  await endSessions(deps, { tokenHash: actor.session });
  return ok({ remaining: 0 });
}
