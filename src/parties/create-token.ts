import { z } from 'zod';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import type { BaseDeps } from '../storage/index.ts';
import { openSession, tokenHash } from './sessions.ts';

export const Scope = z.enum(['reads', 'writes', 'discloses', 'binds']);

export const CreateToken = z.object({
  label: line.describe('What the token is for.'),
  scopes: z
    .array(Scope)
    .min(1, 'Choose at least one.')
    .max(4)
    .describe('What the program may do in your name.'),
  days: z.int().min(1).max(LIMITS.tokenDays).default(90).describe('How long it lasts.'),
});
export const NewToken = z.object({
  id,
  /** Shown this once; only its hash is kept. */
  token: z.string(),
  label: line,
  scopes: z.array(Scope),
  expiresAt: instant,
});

/** A token with which a program acts as me, limited to kinds of effect and to a time. */
export async function createToken(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof CreateToken>,
): Promise<Result<z.output<typeof NewToken>>> {
  const scopes = Scope.options.filter((scope) => input.scopes.includes(scope));
  const hours = input.days * 24;
  const expiresAt = deps.clock.now() + hours * 3_600_000;
  const token = await openSession(deps, actor.home, { label: input.label, scopes, hours });
  return ok({ id: tokenHash(token), token, label: input.label, scopes, expiresAt });
}
