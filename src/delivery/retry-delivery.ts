import type { z } from 'zod';
import { newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { findRecord, recordAbout, recordToWire } from '../records/index.ts';
import { type BaseDeps, type Tx, tables } from '../storage/index.ts';
import { envelopeOctets } from './envelope.ts';
import { letGo } from './lanes.ts';
import type { DeliveryTables, OutboxRow } from './model.ts';
import { keepsItsHour } from './rules.ts';
import { OUTBOX } from './send.ts';
import { changeStuck, type DeliveryId, findOutgoing, notStuck } from './stuck.ts';

/** Tries again now, also what was given up; and a record that was refused, since the chain has no holes. */
export function retryDelivery(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof DeliveryId>,
): Promise<Result<Record<string, never>>> {
  return deps.storage.transact(actor.home, (tx) => tryAgain(tx, deps, input.delivery));
}

/** Tries one again, but for what waits for the hour that it was written for; fails with `delivery-not-stuck`. */
export async function tryAgain(
  tx: Tx,
  deps: BaseDeps,
  delivery: string,
): Promise<Result<Record<string, never>>> {
  const now = deps.clock.now();
  const waiting = await findOutgoing(tx, delivery);
  if (waiting && keepsItsHour(waiting, now)) return ok({});
  const anew = { state: 'saved' as const, attempts: 0, next_at: now };
  const lane = (await changeStuck(tx, delivery, anew)) ?? (await retryRefused(tx, deps, delivery, anew));
  if (!lane) return notStuck();
  await letGo(tx, lane, now);
  tx.wake(OUTBOX);
  return ok({});
}

/**
 * A refusal stands under the envelope's id and would be answered again, so the same record goes out in another envelope,
 * in its old place before all that follows it. Undefined for anything but a record of mine that is in its chain.
 */
async function retryRefused(
  tx: Tx,
  deps: BaseDeps,
  delivery: string,
  anew: Partial<OutboxRow>,
): Promise<Pick<OutboxRow, 'sender' | 'path'> | undefined> {
  const db = tables<DeliveryTables>(tx);
  const row = await db
    .selectFrom('outbox')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .where('state', '=', 'refused')
    .where('type', '=', 'record')
    .executeTakeFirst();
  const named = row?.about ? recordAbout(row.about) : undefined;
  const record = named && (await findRecord(tx, tx.home, named.rel, named.id));
  if (!row || !record) return undefined;
  const iat = deps.clock.now();
  const exp = iat + LIMITS.envelopeLifetimeMs;
  const id = newId(deps.random);
  const wire = recordToWire({ ...record, body: record.body ?? undefined });
  const body = { rel: record.rel, record: { ...wire } };
  const octets = envelopeOctets({ v: 1, id, from: row.sender, to: row.path, type: row.type, iat, exp, body });
  await db
    .updateTable('outbox')
    .set({ ...anew, id, octets, expires_at: exp, receipt: null, received_at: null, problem: null })
    .where('home_id', '=', tx.home)
    .where('id', '=', delivery)
    .execute();
  return row;
}
