import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { appendRecord, type RelationshipDeps, relationshipFor } from '../relationships/index.ts';
import { stopContent } from './read-stops.ts';
import { stop } from './stopping.ts';
import { getGrantRow } from './store.ts';

export const StopSharing = z.object({ grant: id });
export const SharingStopped = z.object({
  record: id.optional().describe('What tells them; nothing where it had not gone out yet.'),
});

/**
 * Takes one grant back: the other side is told, its node erases what it was given and says so. What is given in this
 * relationship from now on is sealed for a new epoch, of which an old key opens nothing.
 */
export async function stopSharing(
  deps: RelationshipDeps,
  actor: PartyActor,
  input: z.output<typeof StopSharing>,
): Promise<Result<z.output<typeof SharingStopped>>> {
  return deps.storage.transact(actor.home, async (tx) => {
    const row = await getGrantRow(tx, actor.home, input.grant);
    if (!row?.is_mine) return fail('grant-unknown', 'You do not share that.', 'Look at what you share.');
    const open = await relationshipFor(tx, row.rel, 'stop-sharing');
    if (!open.ok) return open;
    if (row.state === 'planned') {
      await stop(tx, deps, row, { at: deps.clock.now(), by: 'mine' });
      return ok({});
    }
    const content = await stopContent(tx, open.value, row.id);
    const record = await appendRecord(tx, deps, open.value, 'grant-stopped', content);
    return record.ok ? ok({ record: record.value }) : record;
  });
}
