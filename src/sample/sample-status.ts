import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { handle, line, words } from '../kernel/schema.ts';
import type { PartyTables } from '../parties/index.ts';
import { likeAnywhere, tables } from '../storage/index.ts';
import type { SampleDeps } from './deps.ts';
import { getSampleState, SAMPLE, SampleState } from './model.ts';

export const ShowSampleStatus = z.object({
  search: words.optional().describe('Part of the name of a vendor.'),
});

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
  input: z.output<typeof ShowSampleStatus>,
): Promise<Result<z.output<typeof SampleStatus>>> {
  return deps.storage.read(async (view) => {
    let found = tables<PartyTables>(view)
      .selectFrom('parties')
      .select(['handle', 'name'])
      .where('sample', '=', SAMPLE)
      .where('kind', '=', 'organisation');
    const part = input.search?.trim().toLowerCase();
    if (part) found = found.where(sql<boolean>`lower(name) like ${likeAnywhere(part)} escape '!'`);
    const vendors = await found.orderBy('handle').limit(SHOWN).execute();
    return ok({ state: await getSampleState(view), vendors });
  });
}
