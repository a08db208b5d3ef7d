import { must } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { envelopeOctets, readEnvelope } from './envelope.ts';
import { AMISS, type DeliveryTables, UNFINISHED } from './model.ts';
import { keepsItsHour } from './rules.ts';
import { OUTBOX } from './send.ts';

/** Where somebody is reached and the key that signs their receipts, as their row has it. */
interface Reach {
  readonly host: string;
  readonly inbox: string;
  readonly node_key: string;
}

/** Sends what waits for an old address to the new one. Its id stays, so that it still has its effect once. */
export async function redirect(tx: Tx, deps: BaseDeps, from: Reach, to: Reach): Promise<void> {
  const db = tables<DeliveryTables>(tx);
  const waiting = await db
    .selectFrom('outbox')
    .select(['id', 'octets', 'type', 'attempts', 'next_at'])
    .where('home_id', '=', tx.home)
    .where('host', '=', from.host)
    .where('path', '=', from.inbox)
    // Anybody may claim an address; what was sent to somebody else there is known by their key.
    .where('peer_key', '=', from.node_key)
    .where(UNFINISHED)
    .execute();
  const now = deps.clock.now();
  for (const row of waiting) {
    const { id, octets } = row;
    const envelope = { ...must(readEnvelope(octets)), to: to.inbox };
    await db
      .updateTable('outbox')
      .set({
        host: to.host,
        path: to.inbox,
        peer_key: to.node_key,
        octets: envelopeOctets(envelope),
        next_at: keepsItsHour(row, now) ? row.next_at : now,
      })
      .where('home_id', '=', tx.home)
      .where('id', '=', id)
      .execute();
  }
  // What was refused may be sent again as it was: then it goes to where they are.
  await db
    .updateTable('outbox')
    .set({ host: to.host, path: to.inbox, peer_key: to.node_key })
    .where('home_id', '=', tx.home)
    .where('host', '=', from.host)
    .where('path', '=', from.inbox)
    .where('peer_key', '=', from.node_key)
    .where(AMISS)
    .where('state', '=', 'refused')
    .where('type', '=', 'record')
    .execute();
  tx.wake(OUTBOX);
}
