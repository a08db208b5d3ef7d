import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { handle } from '../kernel/schema.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import type { Party, PartyRow } from './model.ts';
import { getPartyRow, homeOfHandle } from './store.ts';
import { partyView } from './view.ts';

export const ActAsSample = z.object({ handle });

/**
 * Lets me see the sample market from one of its parties' side. Only for parties of the sample, and only for somebody
 * real of this node. Fails with `sign-in-needed`, `sample-party-unknown`.
 */
export async function actAsSample(
  deps: BaseDeps,
  actor: Actor,
  input: z.output<typeof ActAsSample>,
): Promise<Result<Party>> {
  return deps.storage.read(async (view) => {
    if (!actor.isOperator && !(await isAnyReal(view, actor))) {
      return fail('sign-in-needed', 'This needs somebody of this node.', 'Sign in first.');
    }
    const home = await homeOfHandle(view, input.handle);
    const party = home === undefined ? undefined : await getPartyRow(view, home);
    if (!party || party.sample === null) {
      return fail('sample-party-unknown', 'Nobody in the sample is called that.', 'Check the handle.');
    }
    return ok(await partyView(view, party.home_id));
  });
}

async function isAnyReal(view: View, actor: Actor): Promise<boolean> {
  const rows: (PartyRow | undefined)[] = [];
  for (const home of actor.mayActAs ?? []) rows.push(await getPartyRow(view, home));
  return rows.some((row) => row?.sample === null);
}
