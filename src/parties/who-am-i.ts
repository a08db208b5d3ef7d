import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, tables } from '../storage/index.ts';
import { Party, type PartyTables } from './model.ts';
import { partyView } from './view.ts';

export const WhoIAm = z.object({
  /** True while nobody real lives on this node yet. */
  isFresh: z.boolean(),
  /** True for whoever runs this node. */
  isOperator: z.boolean(),
  acting: Party.optional(),
  /** Everybody this session may act as. */
  parties: z.array(Party),
});

/** Who this session acts as, and whether the node is still empty. */
export async function whoAmI(deps: BaseDeps, actor: Actor): Promise<Result<z.output<typeof WhoIAm>>> {
  return deps.storage.read(async (view) => {
    const someone = await tables<PartyTables>(view)
      .selectFrom('parties')
      .select('home_id')
      .where('sample', 'is', null)
      .where('kind', '!=', 'market')
      .limit(1)
      .executeTakeFirst();
    const parties = await Promise.all((actor.mayActAs ?? []).map((home) => partyView(view, home)));
    const acting = actor.home === undefined ? undefined : await partyView(view, actor.home);
    return ok({
      isFresh: someone === undefined,
      isOperator: actor.isOperator,
      parties,
      ...(acting && { acting }),
    });
  });
}
