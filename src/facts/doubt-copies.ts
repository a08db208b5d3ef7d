import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import type { FactTables } from './model.ts';

/**
 * This node came back from a backup: any copy that is here unused may have been shown since, and whoever saw it would know it
 * again. None of them is shown any more; others are a question away. What was imported has one copy, shown again each time.
 */
export async function doubtCopies(deps: BaseDeps): Promise<void> {
  const homes = await deps.storage.read((view) =>
    tables<FactTables>(view)
      .selectFrom('proof_copies')
      .select('home_id')
      .distinct()
      .where('used_at', 'is', null)
      .where('sealed_key', 'is', null)
      .orderBy('home_id')
      .execute(),
  );
  for (const { home_id: home } of homes)
    await deps.storage.transact(home, (tx) => doubtOf(tx, home, deps.clock.now()));
}

async function doubtOf(tx: Tx, home: HomeId, at: number): Promise<void> {
  await tables<FactTables>(tx)
    .updateTable('proof_copies')
    .set({ used_at: at, sealed_copy: null })
    .where('home_id', '=', home)
    .where('used_at', 'is', null)
    .where('sealed_key', 'is', null)
    .execute();
}
