import { z } from 'zod';
import { fail, type Result } from '../kernel/result.ts';
import { id } from '../kernel/schema.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { type DeliveryTables, type OutboxRow, UNFINISHED } from './model.ts';

export const DeliveryId = z.object({ delivery: id });

/** Changes an envelope that has not arrived and answers its lane; undefined when there is none. */
export async function changeStuck(
  tx: Tx,
  delivery: string,
  change: Partial<OutboxRow>,
): Promise<Pick<OutboxRow, 'sender' | 'path'> | undefined> {
  return tables<DeliveryTables>(tx)
    .updateTable('outbox')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .where(UNFINISHED)
    .returning(['sender', 'path'])
    .executeTakeFirst();
}

export function notStuck(): Result<never> {
  return fail('delivery-not-stuck', 'That has arrived, or is not yours.', 'Look at the list again.');
}

/** How many envelopes wait after a failed try, and how many were given up. */
export async function stuckCount(view: View, home: string): Promise<number> {
  const row = await tables<DeliveryTables>(view)
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where(UNFINISHED)
    .where('state', 'in', ['dead', 'saved'])
    .where((e) => e.or([e('state', '=', 'dead'), e('attempts', '>', 0)]))
    .executeTakeFirstOrThrow();
  return row.total;
}

/** Who has said something here that has not arrived, as envelopes name their signers. */
export async function unsentSigners(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .select('signer')
    .distinct()
    .where('home_id', '=', tx.home)
    .where(UNFINISHED)
    .execute();
  return new Set(rows.map((row) => row.signer));
}

export async function findOutgoing(tx: Tx, delivery: string): Promise<OutboxRow | undefined> {
  return tables<DeliveryTables>(tx)
    .selectFrom('outbox')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .executeTakeFirst();
}
