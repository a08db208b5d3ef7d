import type { Instant } from '../kernel/clock.ts';
import { type Tx, tables } from '../storage/index.ts';
import { letGo } from './lanes.ts';
import type { DeliveryTables } from './model.ts';
import { OUTBOX } from './send.ts';

/** What was given up of a type about this makes way for what is sent in its place. */
export async function dropGivenUp(tx: Tx, type: string, about: string): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('home_id', '=', tx.home)
    .where('about', '=', about)
    .where('type', '=', type)
    .where('state', '=', 'dead')
    .execute();
}

/** What waits to be sent about these things is not sent any more; what stands behind it goes on. */
export async function dropAbout(tx: Tx, about: readonly string[], now: Instant): Promise<void> {
  if (about.length === 0) return;
  const dropped = await tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('home_id', '=', tx.home)
    .where('about', 'in', about)
    .where('state', 'in', ['saved', 'dead'])
    .returning(['sender', 'path'])
    .execute();
  for (const lane of dropped) await letGo(tx, lane, now);
  tx.wake(OUTBOX);
}
