import { isFailure } from '../kernel/result.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { RelationshipDeps, RelationshipTables } from './model.ts';
import { updateRelationship } from './store.ts';

const WHY = 'The sample market was removed.';

/**
 * Ends a home's relationships with sample vendors, who are taken out and can sign nothing any more: what rooms do
 * when the other side ends it, they do here, and no record is made up for it.
 */
export async function endWithSample(tx: Tx, deps: RelationshipDeps): Promise<void> {
  const rows = await tables<RelationshipTables>(tx)
    .selectFrom('relationships')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('is_sample', '=', true)
    .where('state', 'in', ['asked', 'active', 'paused'])
    .execute();
  for (const relationship of rows) {
    const entry = { relationship, id: '', type: 'relationship-ended', place: 0, isMine: false };
    for (const reader of deps.readers.get('relationship-ended/1') ?? []) {
      const content = reader.content.safeParse({ salt: '', why: WHY });
      if (!content.success) continue;
      const done = await reader.apply(tx, deps, { ...entry, content: content.data, at: deps.clock.now() });
      if (isFailure(done)) continue; // of one that nobody has signed yet, there is nothing to stop
    }
    await updateRelationship(tx, relationship.id, { state: 'ended', paused_by: null, ended_by: 'sample' });
  }
}
