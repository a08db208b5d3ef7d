import { z } from 'zod';
import type { HomeId } from '../kernel/ids.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type Tx, tables, type View } from '../storage/index.ts';

/** The name that every sample party carries in its `sample` column. */
export const SAMPLE = 'sample-1';

/** absent, being loaded (or interrupted while loading), loaded, being removed (or interrupted while removing). */
export const SampleState = z.enum(['absent', 'loading', 'loaded', 'removing']);
export type SampleState = z.infer<typeof SampleState>;

interface Tables {
  node_values: { home_id: HomeId; name: string; value: string };
}

const NAME = 'sample';

export async function getSampleState(view: View): Promise<SampleState> {
  const row = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', NODE_HOME)
    .where('name', '=', NAME)
    .executeTakeFirst();
  return SampleState.catch('absent').parse(row?.value);
}

/** The transaction is the node's. */
export async function setSampleState(tx: Tx, value: SampleState): Promise<void> {
  await tables<Tables>(tx)
    .insertInto('node_values')
    .values({ home_id: NODE_HOME, name: NAME, value })
    .onConflict((c) => c.columns(['home_id', 'name']).doUpdateSet({ value }))
    .execute();
}
