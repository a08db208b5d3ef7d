import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { handle, line } from '../kernel/schema.ts';
import type { PartyTables } from '../parties/index.ts';
import { tables } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { getSampleState, SAMPLE, SampleState } from './model.ts';

export const SampleStatus = z.object({
  state: SampleState,
  /** Some of the vendors, to look at the market from their side. */
  vendors: z.array(z.object({ handle, name: line })),
});

const SHOWN = 12;

/** Whether the sample market is here, and some of its vendors. */
export async function sampleStatus(
  deps: SampleDeps,
  _actor: Actor,
): Promise<Result<z.output<typeof SampleStatus>>> {
  return deps.storage.read(async (view) => {
    const vendors = await tables<PartyTables>(view)
      .selectFrom('parties')
      .select(['handle', 'name'])
      .where('sample', '=', SAMPLE)
      .where('kind', '=', 'organisation')
      .orderBy('handle')
      .limit(SHOWN)
      .execute();
    return ok({ state: await getSampleState(view), vendors });
  });
}
