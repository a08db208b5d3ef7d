import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { CAST_TERMS } from './roster.ts';
import { profferedTerms } from './store.ts';

export const MyTerms = z.object({
  /** In order; the first is preferred. */
  proffered: z.array(z.string()),
  /** True while nothing else was chosen. */
  isDefault: z.boolean(),
  /** What goes with every cast of a want. */
  withCasts: z.string(),
});
export type MyTerms = z.infer<typeof MyTerms>;

/** What I proffer before I deal with anybody. */
export async function showTerms(deps: BaseDeps, actor: PartyActor): Promise<Result<MyTerms>> {
  return deps.storage.read(async (view) => ok(await termsView(view, actor.home)));
}

export async function termsView(view: View, home: string): Promise<MyTerms> {
  const { ids, isDefault } = await profferedTerms(view, home);
  return { proffered: ids, isDefault, withCasts: CAST_TERMS };
}
