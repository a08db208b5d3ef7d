import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { actIn, type RelationshipDeps } from '../relationships/index.ts';
import { getGrantRow } from './store.ts';

export const StopSharing = z.object({ grant: id });

/** Takes one grant back: the other side is told, and its node erases what it was given. */
export async function stopSharing(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof StopSharing>,
): Promise<Result<{ record: string }>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getGrantRow(tx, actor.home, input.grant);
    if (!row?.is_mine) return fail('grant-unknown', 'You do not share that.', 'Look at what you share.');
    const record = await actIn(tx, deps, row.rel, 'stop-sharing', 'grant-stopped', { grant: row.id });
    return record.ok ? ok({ record: record.value }) : record;
  });
}
